import Diagnostics
import JSON
import Providers
import Results
import Secrets
import Tokens
import Workspace

/// Reads the secrets of one identity and binds it.
struct IdentityLoader: Sendable {
    let spec: IdentitySpec
    let provider: Provider
    let binder: IdentityBinder
    let world: SecretWorld

    /// A bound identity and the reading of its `from`.
    struct Loaded: Sendable {
        let identity: BoundIdentity
        let from: SecretReading?
    }

    /// - Parameter old: the identity so far: its document, once it has ended, does not count any more, nor does what the
    ///   memory holds of it.
    func load(after old: Loaded? = nil) async throws(RunProblem) -> Loaded {
        if provider.from.expiry != nil, let ticket = old?.from?.ticket { await world.memory.forget(ticket) }
        var binding = IdentityBinding(spec.name, provider, at: spec.span)
        binding.variant = spec.variant.map { .init($0.text, at: $0.span) }
        for (name, value) in spec.vars { binding.vars[name.text] = .init(value, at: name.span) }
        binding.scope = spec.scope
        binding.tls = spec.tls
        let from = try await document(&binding)
        var world = world
        world.document = binding.from
        for (name, secret) in spec.secrets {
            let reading = try await reading(of: secret, name.text, world, &binding)
            let value = Secret(reading.text, label: "\(spec.name).\(name.text)")
            // Before the next source is asked: what a program says of its failure may hold this one.
            if provider.secret(name.text)?.isSensitive ?? true { binder.redactor.register(value) }
            binding.secrets[name.text] = value
            binding.secretPlaces[name.text] = secret.span
        }
        var bag = DiagnosticBag()
        if let identity = binder.bind(binding, bag: &bag) { return Loaded(identity: identity, from: from) }
        let first = bag.sorted.first
        let help = first?.help.map { "; \($0)" } ?? ""
        let isSetUp = first.map { Self.setUp.contains($0.code) } ?? false
        throw RunProblem(
            isSetUp ? .invalid : .secret, (first?.title ?? "'\(spec.name)' cannot be used") + help,
            at: first?.span ?? spec.span)
    }

    /// Mistakes that no secret has a part in.
    private static let setUp: Set = [
        "bad-address", "bad-cache-key", "bad-variable", "missing-variable", "unknown-variable", "unknown-variant",
    ]

    /// The document of `from`.
    private func document(_ binding: inout IdentityBinding) async throws(RunProblem) -> SecretReading? {
        guard let from = spec.from else { return nil }
        let now = world.now()
        let reading = try await reading(of: from, "from", world, &binding)
        guard let document = try? JSONDocument.parse(reading.text) else {
            throw problem("\(from.source.phrase) is not JSON", "from", from.span)
        }
        binding.from = document.root
        binding.readAt = reading.readAt ?? now
        return reading
    }

    private func reading(
        of secret: SecretBinding, _ name: String, _ world: SecretWorld, _ binding: inout IdentityBinding
    ) async throws(RunProblem) -> SecretReading {
        do throws(SecretError) {
            let reading = try await secret.source.reading(in: world)
            guard let end = reading.expiry else { return reading }
            // Or its source would be asked again before each request.
            guard world.now() < end else { throw SecretError("what \(secret.source.phrase) gives has already expired") }
            binding.endsAt = min(end, binding.endsAt ?? .max)
            return reading
        } catch {
            throw problem("\(error)", name, secret.span)
        }
    }

    private func problem(_ reason: String, _ name: String, _ span: Span) -> RunProblem {
        RunProblem(.secret, "the secret '\(name)' of '\(spec.name)' is not bound: \(reason)", at: span)
    }
}
