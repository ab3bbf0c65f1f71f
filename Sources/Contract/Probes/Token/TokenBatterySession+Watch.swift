import HTTP
import Providers
import Secrets

/// Calls of the API with a token, before and after something that may end it.
extension TokenBatterySession {
    /// What shows that the token is alive: without it nothing that follows proves anything.
    mutating func watch(_ what: String, _ token: Secret?) async {
        switch call(with: token) {
        case .failure(let impossible): evidence.unwatched[what] = impossible.reason
        case .success(let call):
            let before = await send(call, what == "id_token" ? "with the ID token" : "with the token before it")
            evidence.lives[what] = TokenLife(before: before)
        }
    }

    /// - Parameter isDone: what may have ended it has been sent.
    mutating func lookAgain(_ what: String, _ token: Secret?, isDone: Bool) async {
        guard isDone, evidence.lives[what] != nil, case .success(let call) = call(with: token) else { return }
        let sent = "with the token after \(Self.words[what] ?? "it")"
        var after = await send(call, sent)
        if what == "REV-02", let delay = material.rules.revoke?.delay, (200...299).contains(after.status ?? 0) {
            do {
                try await Task.sleep(for: delay)
                after = await send(call, "\(sent) and the delay that the provider states")
            } catch {
                return
            }
        }
        evidence.lives[what]?.after = after
    }

    private static let words = [
        "login": "another token request", "refresh": "its renewal", "REV-02": "its revocation",
    ]

    private func call(with token: Secret?) -> Result<HTTPRequest, TokenProbe.Impossible> {
        if let pause { return .failure(.init(pause)) }
        guard let control = battery.control else {
            return .failure(.init("no request of this identity passed that could be repeated with another token"))
        }
        guard let token, let call = control.request(with: token, of: battery.identity) else {
            return .failure(.init("no token stands in the calls of this identity"))
        }
        return .success(call)
    }

    private mutating func send(_ call: HTTPRequest, _ sent: String) async -> ProbeExchange {
        let made = ProbeExchange(sent: sent, request: call, answer: await answer(to: call, battery.pool))
        if [423, 429].contains(made.status) { pause = "the API asks for a pause" }
        return made
    }
}
