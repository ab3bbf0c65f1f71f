import Contract
import Diagnostics
import Expectations
import HTTP
import Providers
import Results
import Templates
import Tokens
import Workspace

/// One call of the matrix: who calls, with whose values, and whether that should work.
struct AccessCell: Sendable {
    let access: RequestCases.Access
    /// Whose values stand in the request; nil: the sender's.
    let owner: String?
    /// Only this value is the owner's, all others are the caller's.
    var only: String?
    let isLetIn: Bool

    /// What the file says; nil: as documented.
    var given: Expectation? {
        if case .expectation(let given) = access.cell { return given }
        return nil
    }

    /// nil: nothing of the catalogue asks for anybody to be let in.
    var rule: String? { isLetIn ? nil : access.caller == nil ? "RES-02" : "RES-10" }

    var caller: String { access.caller ?? "anonymous" }

    var kind: ContractOutcome.Kind { access.kind(owner: owner.map { name in only.map { "\(name)'s \($0)" } ?? name }) }
}

/// Valid credentials of others.
extension ContractStep {
    /// When a cell's call is sent: one that must be refused before an unsafe request, since its object may be gone
    /// afterwards; one that must be let in after it, since it would change that object.
    enum Moment { case early, late, any }

    mutating func sendAccess(_ moment: Moment, _ rendered: RenderedRequest?) async -> [(AccessCell, ProbeExchange)] {
        var sent: [(AccessCell, ProbeExchange)] = []
        for access in cases.access where isWanted(access) {
            for cell in cells(of: access) {
                switch moment {
                case .early where cell.isLetIn, .late where !cell.isLetIn: continue
                default: if let exchange = await send(cell, rendered) { sent.append((cell, exchange)) }
                }
            }
        }
        return sent
    }

    /// Members with their own values first: whether those get in decides what a refusal of others means.
    private func cells(of access: RequestCases.Access) -> [AccessCell] {
        guard case .own = access.cell else {
            let isLetIn = if case .allow = access.cell { true } else { false }
            return [AccessCell(access: access, owner: nil, isLetIn: isLetIn)]
        }
        let owners = access.members.sorted { ($0 == access.caller ? 0 : 1) < ($1 == access.caller ? 0 : 1) }
        return owners.flatMap { owner -> [AccessCell] in
            let isOwn = owner == access.caller
            let whole = AccessCell(access: access, owner: owner, isLetIn: isOwn)
            let names = ownedNames(of: owner)
            guard !isOwn, names.count > 1 else { return [whole] }
            return [whole] + names.map { AccessCell(access: access, owner: owner, only: $0, isLetIn: false) }
        }
    }

    /// The identity's values that the request uses.
    private func ownedNames(of identity: String) -> [String] {
        let used = Set(planned.request.sendingNames.map(\.path.root))
        return context.identities.owned(by: identity).keys.filter(used.contains).sorted()
    }

    private mutating func send(_ cell: AccessCell, _ rendered: RenderedRequest?) async -> ProbeExchange? {
        if let reason = await skipReason(cell) {
            report(cell, .skipped(reason))
            return nil
        }
        do throws(Interruption) {
            var request = try self.rendered(for: cell, rendered).request
            var transport = context.transport
            var pool = PoolKey(identity: "", policy: identity?.poolKey.policy ?? TLSPolicy())
            if let caller = cell.access.caller {
                let credential = try await context.credentials.grant(of: caller).credential
                do throws(CredentialError) {
                    try credential.apply(to: &request)
                } catch {
                    throw .skipped(error.message)
                }
                (transport, pool) = (credential.transport(over: transport), credential.poolKey)
            }
            return await exchange(request, transport, pool, cell)
        } catch {
            report(cell, ContractVerdict(error))
            return nil
        }
    }

    private func exchange(
        _ request: HTTPRequest, _ transport: any HTTPTransport, _ pool: PoolKey, _ cell: AccessCell
    ) async -> ProbeExchange {
        var request = request
        request.bodyUse = .keep
        let answer: Result<HTTPResponse, TransportError>
        do throws(TransportError) {
            answer = .success(try await transport.send(request, pool: pool))
        } catch {
            answer = .failure(error)
        }
        if case .success(let response) = answer { context.freshSecrets.registerTokens(in: response.body) }
        let sent = cell.access.caller.map { "with the credential of \($0)" } ?? "without credential"
        let exchange = ProbeExchange(sent: sent, request: request, answer: answer)
        session.look(exchange, at: request.url.host)
        return exchange
    }

    /// Why a call is not sent; completes "skipped: …".
    private func skipReason(_ cell: AccessCell) async -> String? {
        if let missing = cell.access.missing { return missing }
        if context.control.skipReason != nil || Task.isCancelled { return "interrupted" }
        if !planned.isSafe, session.policy.allowedClass < 4 {
            return "the request changes something; it needs --allow-class 4, or \"safety\": \"full\""
        }
        if !planned.isSafe, cell.isLetIn, planned.request.method == .delete {
            return "what it would delete is gone after the request itself"
        }
        if !planned.namedIdentities.isEmpty { return "the request holds a secret of its own" }
        if let owner = cell.owner, ownedNames(of: owner).isEmpty {
            return "'\(owner)' owns none of the values that the request uses"
        }
        return nil
    }

    /// With the owner's values in place of the sender's.
    private func rendered(
        for cell: AccessCell, _ own: RenderedRequest?
    ) throws(Interruption) -> RenderedRequest {
        if cell.owner == nil, let own { return own }
        var layer: Scope.Layer?
        if let owner = cell.owner {
            layer = context.identities.owned(by: owner)
            if let only = cell.only, let caller = cell.access.caller {
                layer = context.identities.owned(by: caller).merging(layer?.filter { $0.key == only } ?? [:]) { $1 }
            }
        }
        let scope = try runner.scope(for: planned, nil, owner: layer)
        do throws(Diagnostic) {
            return try RequestRenderer(request: planned.request, options: context.defaults).render(scope)
        } catch {
            throw Interruption(error)
        }
    }

    mutating func report(_ cell: AccessCell, _ verdict: ContractVerdict, _ exchange: ProbeExchange? = nil) {
        report(
            cell.kind, verdict, rule: cell.rule.flatMap { RuleCatalogue.builtIn[$0] },
            names: ["access", cell.rule].compactMap(\.self),
            identity: cell.access.caller, exchange: exchange)
        outcomes[outcomes.count - 1].isAdmitted = exchange == nil ? nil : cell.isLetIn
    }
}

extension ContractVerdict {
    init(_ interruption: Interruption) {
        switch interruption {
        case .skipped(let reason): self = .skipped(reason)
        case .problem(let problem): self = .noVerdict("No verdict: \(problem.message)")
        }
    }
}
