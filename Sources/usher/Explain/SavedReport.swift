import Diagnostics
import JSON
import Reports
import Tokens
import Workspace

/// A run that `usher run --json` wrote, as far as it is explained; what is not there is left out.
struct SavedReport {
    struct Token {
        let origin: String
        /// Milliseconds since 1970, all times here.
        let obtainedAt: Int64?
        let expiresAt: Int64?
        /// nil: the token answer did not say.
        let scope: [String]?
        let claims: [String]
    }

    /// A request that was answered 401 or 403 against what was expected.
    struct Refusal {
        let title: String
        let place: String
        let identity: String?
        let call: String
        let status: Int
        let challenges: [String]
        let answeredAt: Int64?
        let token: Token?
        let failures: [String]
        let curl: String?
        let body: String?
    }

    /// An identity that got no token.
    struct DeadCredential {
        let identity: String
        let place: String
        let message: String
        /// Requests that were not sent for that.
        let dependents: Int
    }

    let startedAt: String?
    let environment: String?
    let isSandbox: Bool
    let refusals: [Refusal]
    let dead: [DeadCredential]
    /// Identity → what was asked for.
    let scopeAsked: [String: [String]]
    /// What the contract found, in its sentences.
    let findings: [(sentence: String, rule: String?)]

    /// nil where the file is no report of this form; what is wrong is in the bag.
    init?(_ file: SourceFile, into bag: inout DiagnosticBag) {
        guard let root = JSONFile.read(file, into: &bag) else { return nil }
        guard let version = root["version"], root["usher"]?.string != nil, root["collections"]?.kind == .array else {
            bag.error(
                "no-report", "this is no report of a run", at: Span(file, root.range),
                help: "'usher run --json FILE' writes one")
            return nil
        }
        guard version.number?.int == JSONReport.version else {
            bag.error(
                "report-version", "this report is of another version of usher", at: Span(file, version.range),
                label: "this usher reads version \(JSONReport.version)", help: "run the collections again")
            return nil
        }
        self.init(root)
    }

    private init(_ root: JSONNode) {
        startedAt = root["startedAt"]?.string
        environment = root["environment"]?.string
        isSandbox = root["sandbox"]?.boolean ?? false
        let cases = root["collections"].map { $0.elements.flatMap { Array($0["cases"]?.list ?? []) } } ?? []
        refusals = cases.compactMap(Refusal.init)
        let credentials = root["credentials"]?.list ?? []
        scopeAsked = Dictionary(
            credentials.map { ($0["identity"]?.string ?? "", $0["scopeAsked"]?.texts ?? []) }, uniquingKeysWith: { $1 })
        dead = credentials.compactMap { DeadCredential($0, among: cases) }
        findings = cases.compactMap { node in
            guard node["verdict"]?.string == "failed", let sentence = node["finding"]?["sentence"]?.string else {
                return nil
            }
            return (sentence, node["rule"]?["id"]?.string ?? node["promise"]?.string)
        }
    }
}

extension SavedReport.Refusal {
    fileprivate init?(_ node: JSONNode) {
        guard let exchange = node["exchange"], let refusal = exchange["refusal"],
            let status = exchange["status"]?.number?.int
        else { return nil }
        title =
            ((node["groups"]?.texts ?? []) + [node["name"]?.string ?? "?"]).joined(separator: " › ")
            + (node["row"]?.string.map { " [\($0)]" } ?? "")
        place = node.place
        identity = node["identity"]?.string
        call = "\(exchange["method"]?.string ?? "") \(exchange["url"]?.string ?? "")"
        self.status = status
        challenges = refusal["challenges"]?.texts ?? []
        answeredAt = refusal["answeredAt"]?.moment
        token = refusal["token"].map(SavedReport.Token.init)
        failures = (node["failures"]?.list ?? []).map { failure in
            "\(failure["subject"]?.string ?? ""): expected \(failure["expected"]?.string ?? ""), "
                + "got \(failure["actual"]?.string ?? "")"
        }
        curl = exchange["curl"]?.string
        body = exchange["body"]?.string
    }
}

extension SavedReport.Token {
    fileprivate init(_ node: JSONNode) {
        origin = node["origin"]?.string ?? "login"
        obtainedAt = node["obtainedAt"]?.moment
        expiresAt = node["expiresAt"]?.moment
        let claims = node["claims"]?.list ?? []
        // A token answer may leave out what the token itself says (RFC 9068 §2.2.3).
        scope = node["scopeGranted"]?.texts ?? Self.scope(claims)
        self.claims = claims.map { "\($0["name"]?.string ?? "") \($0["shown"]?.string ?? "")" }
    }

    private static func scope(_ claims: [JSONNode]) -> [String]? {
        claims.first { ["scope", "scp"].contains($0["name"]?.string) }?["shown"]?.string.map { shown in
            shown.split { $0 == " " || $0 == "," }.map(String.init)
        }
    }
}

extension SavedReport.DeadCredential {
    fileprivate init?(_ node: JSONNode, among cases: [JSONNode]) {
        guard let message = node["problem"]?["message"]?.string else { return nil }
        identity = node["identity"]?.string ?? "?"
        place = node.place
        self.message = message
        let reason = "no credential of '\(identity)'"
        dependents = cases.count { $0["reason"]?.string == reason }
    }
}

extension JSONNode {
    fileprivate var list: [JSONNode] { kind == .array ? Array(elements) : [] }
    fileprivate var texts: [String] { list.compactMap(\.string) }
    fileprivate var moment: Int64? { string.flatMap { Timestamp.parse(rfc3339: $0) } }
    fileprivate var place: String { "\(self["file"]?.string ?? "?"):\(self["line"]?.number?.int ?? 1)" }
}
