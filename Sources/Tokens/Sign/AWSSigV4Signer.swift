import HTTP
import JSON
import Providers
import Secrets

/// AWS Signature Version 4 in the `Authorization` header.
struct AWSSigV4Signer: RequestSigner {
    let context: SigningContext
    let accessKey: String
    let secretKey: Secret
    let sessionToken: Secret?
    let region: String
    let service: String
    let payload: AWSSigV4Rules.Payload

    private static let algorithm = "AWS4-HMAC-SHA256"

    func sign(_ request: inout HTTPRequest) throws(CredentialError) {
        let time = Self.time(context.clock.wall())
        let hash =
            payload == .unsigned ? "UNSIGNED-PAYLOAD" : Hexadecimal.encode(KeyedHash.hash(request.bodyBytes, .sha256))
        context.set("X-Amz-Date", time, isSensitive: false, in: &request)
        if let sessionToken {
            context.set("X-Amz-Security-Token", sessionToken.reveal(), isSensitive: true, in: &request)
        }
        if service == "s3" || payload == .unsigned {
            context.set("X-Amz-Content-Sha256", hash, isSensitive: false, in: &request)
        }
        let fields = Self.signedFields(of: request)
        let names = fields.map(\.name).joined(separator: ";")
        let canonical = canonicalRequest(request, fields, names, hash)
        let scope = "\(time.prefix(8))/\(region)/\(service)/aws4_request"
        let text = [
            Self.algorithm, time, scope, Hexadecimal.encode(KeyedHash.hash(Array(canonical.utf8), .sha256)),
        ].joined(separator: "\n")
        let signature = Hexadecimal.encode(KeyedHash.code(Array(text.utf8), key: key(String(time.prefix(8))), .sha256))
        context.set(
            "Authorization",
            "\(Self.algorithm) Credential=\(accessKey)/\(scope), SignedHeaders=\(names), Signature=\(signature)",
            isSensitive: true, in: &request)
    }

    /// `20130524T000000Z`
    private static func time(_ milliseconds: Int64) -> String {
        CalendarTime(milliseconds).timestamp.filter { $0 != "-" && $0 != ":" } + "Z"
    }

    private func key(_ day: String) -> [UInt8] {
        let start = Array("AWS4\(secretKey.reveal())".utf8)
        return [day, region, service, "aws4_request"].reduce(start) { key, part in
            KeyedHash.code(Array(part.utf8), key: key, .sha256)
        }
    }

    func canonicalRequest(
        _ request: HTTPRequest, _ fields: [(name: String, value: String)], _ names: String, _ hash: String
    ) -> String {
        let headers = fields.map { "\($0.name):\($0.value)\n" }.joined()
        return [
            request.method.rawValue, canonicalPath(request.url.path), Self.canonicalQuery(request.url), headers, names,
            hash,
        ].joined(separator: "\n")
    }

    /// Each segment encoded once more than it is on the wire; S3's as it is there.
    private func canonicalPath(_ path: String) -> String {
        path.split(separator: "/", omittingEmptySubsequences: false).map { segment in
            PercentEncoding.encode(service == "s3" ? PercentDecoding.text(segment) : String(segment))
        }.joined(separator: "/")
    }

    private static func canonicalQuery(_ url: HTTPURL) -> String {
        EncodedPairs(url.parameters.map { ($0.name, $0.value) }).sorted
    }

    /// Host, what AWS prescribes, and fields that nobody changes on the way.
    static func signedFields(of request: HTTPRequest) -> [(name: String, value: String)] {
        var values: [String: [String]] = ["host": [request.url.hostField]]
        for field in request.headers {
            let name = field.name.lowercased()
            guard name.hasPrefix("x-amz-") || ["content-type", "content-md5", "date", "range"].contains(name) else {
                continue
            }
            values[name, default: []].append(folded(field.value))
        }
        return values.sorted { $0.key < $1.key }.map { ($0.key, $0.value.joined(separator: ",")) }
    }

    /// Without blanks around it, runs of blanks as one.
    private static func folded(_ value: String) -> String {
        value.split(separator: " ").joined(separator: " ")
    }
}
