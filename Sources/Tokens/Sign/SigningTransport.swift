package import HTTP

/// Sends signed requests: where an answer brings a challenge or a nonce, once more with it.
///
/// Only for credentials that sign: `Credential.transport(over:)` hands out the plain transport otherwise.
struct SigningTransport: HTTPTransport {
    let base: any HTTPTransport
    let signer: any RequestSigner

    func send(_ request: HTTPRequest, pool: PoolKey) async throws(TransportError) -> HTTPResponse {
        let response = try await base.send(request, pool: pool)
        SignatureEcho(request, signer.context).hide(in: response)
        guard signer.learn(from: response, to: request) else { return response }
        var again = request
        do throws(CredentialError) {
            try signer.sign(&again)
        } catch {
            return response
        }
        let second = try await base.send(again, pool: pool)
        SignatureEcho(again, signer.context).hide(in: second)
        return second
    }

    var executor: (any TaskExecutor)? { base.executor }

    func shutdown() async { await base.shutdown() }
}

/// Masks a signature that a server repeats in its answer (AWS does, to explain a mismatch).
///
/// Looked for in each answer rather than registered with each request: there is a new signature for every request, and
/// what the redactor knows would grow with them.
struct SignatureEcho {
    private let pieces: [String]
    private let context: SigningContext

    init(_ request: HTTPRequest, _ context: SigningContext) {
        self.context = context
        pieces = request.headers.filter(\.isSensitive).flatMap { field in
            field.value.split { " \",=:;".contains($0) }.filter { $0.utf8.count >= 16 }.map(String.init)
        }
    }

    func hide(in response: HTTPResponse) {
        guard !pieces.isEmpty else { return }
        // No more than this of a body is ever shown.
        let body = response.body.prefix(64 << 10)
        for piece in pieces {
            let isRepeated =
                body.firstRange(of: Array(piece.utf8)) != nil
                || response.headers.contains { $0.value.contains(piece) }
            if isRepeated { context.hide(piece) }
        }
    }
}

extension Credential {
    /// The transport for requests with this credential: it answers challenges (Digest) and takes nonces (DPoP). Where
    /// nothing is signed it is the one given.
    package func transport(over base: any HTTPTransport) -> any HTTPTransport {
        guard let signer else { return base }
        return SigningTransport(base: base, signer: signer)
    }
}
