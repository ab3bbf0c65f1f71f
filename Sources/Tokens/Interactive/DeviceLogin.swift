import HTTP
import JSON
import Providers
import Secrets

/// The device authorization grant (RFC 8628): a code here, a browser elsewhere.
struct DeviceLogin {
    let login: InteractiveLogin
    let desk: PersonDesk
    let rules: InteractiveRules

    private var exchange: TokenExchange { login.exchange }

    private struct Ticket {
        let deviceCode: String
        let userCode: String
        let url: String
        let completeURL: HTTPURL?
        let interval: Duration
        /// By the monotonic clock.
        let endsAt: Int64
    }

    func run() async throws(CredentialError) -> StoredToken {
        let ticket = try await ticket()
        desk.show(
            "Open \(ticket.url) and enter the code \(ticket.userCode) to let '\(login.identity.name)' in.")
        if let url = ticket.completeURL { await desk.open(url) }
        return try await poll(ticket)
    }

    private func ticket() async throws(CredentialError) -> Ticket {
        let request = try login.builder.form(
            to: login.builder.endpoints.device, [("client_id", try login.clientID())], params: rules.params,
            asksForScope: true)
        let (response, sent) = try await exchange.answer(to: request, .login, login.identity)
        let values = AnswerValues(response, .json)
        guard response.status == 200 else { throw reader.refusal(response, values, sent) }
        let root = (try? JSONDocument.parse(response.body))?.root
        // Google says verification_url.
        guard let device = root?["device_code"]?.string, let user = root?["user_code"]?.string,
            let place = (root?["verification_uri"] ?? root?["verification_url"])?.string,
            let url = try? HTTPURL(parsing: place)
        else {
            throw reader.bad(
                "the answer of \(sent.url.host) lacks device_code, user_code or a verification_uri", response,
                login.identity.addressFault(sent.url)?.place)
        }
        exchange.redactor.register(device, label: "\(login.identity.name).deviceCode")
        let complete = root?["verification_uri_complete"]?.string.flatMap { try? HTTPURL(parsing: $0) }
        return Ticket(
            deviceCode: device, userCode: RedirectAnswer.readable(user), url: url.text, completeURL: complete,
            interval: .seconds(Self.seconds(root?["interval"], usual: 5, 1...60)),
            endsAt: exchange.clock.monotonic() + Int64(Self.seconds(root?["expires_in"], usual: 600, 1...3600)) * 1000)
    }

    private static func seconds(_ node: JSONNode?, usual: Int, _ range: ClosedRange<Int>) -> Int {
        min(max(node?.number?.int ?? usual, range.lowerBound), range.upperBound)
    }

    private func poll(_ ticket: Ticket) async throws(CredentialError) -> StoredToken {
        var interval = ticket.interval
        var unanswered = 0
        while true {
            try await wait(interval)
            guard exchange.clock.monotonic() < ticket.endsAt else { throw tooLate(ticket) }
            let (response, sent): (HTTPResponse, AnswerReader.Exchange)
            do throws(CredentialError) {
                let request = try login.builder.login([(name: "device_code", value: ticket.deviceCode)])
                (response, sent) = try await exchange.answer(to: request, .login, login.identity)
                unanswered = 0
            } catch {
                // RFC 8628 §3.5: where no answer comes, ask again, and less often. The person need not start anew.
                unanswered += 1
                guard error.kind == .transport, unanswered <= Self.patience else { throw error }
                interval *= 2
                continue
            }
            switch AnswerValues(response, .json).text(login.builder.rules.response.errorCode) {
            case "authorization_pending"?: continue
            // Five seconds more from now on.
            case "slow_down"?: interval += .seconds(5)
            case "expired_token"?: throw tooLate(ticket)
            case "access_denied"?: throw login.failure(.person, "the sign-in ended with access_denied")
            default: return try reader.read(response, sent)
            }
        }
    }

    /// Polls in a row that may stay without an answer.
    private static let patience = 3

    private func tooLate(_ ticket: Ticket) -> CredentialError {
        login.failure(.person, "nobody entered the code \(ticket.userCode) in time")
    }

    private var reader: AnswerReader {
        AnswerReader(
            identity: login.identity, rules: login.builder.rules.response, redactor: exchange.redactor)
    }

    private func wait(_ duration: Duration) async throws(CredentialError) {
        do {
            try await exchange.clock.sleep(duration)
        } catch {
            throw login.ended
        }
    }
}
