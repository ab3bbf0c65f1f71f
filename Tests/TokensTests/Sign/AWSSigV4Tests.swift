import Diagnostics
import HTTP
import Providers
import Secrets
import TestSupport
import Testing
import Tokens

@Suite("AWS SigV4")
struct AWSSigV4Tests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let service: String
        let accessKey: String
        let secretKey: String
        /// Since FakeClock's start, in milliseconds since 1970.
        let time: Int64
        var method = HTTPMethod.get
        let url: String
        var headers: HeaderFields = []
        var body = ""
        let signedHeaders: String
        let signature: String
    }

    private static let suiteKey = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
    private static let s3Key = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
    /// 2015-08-30T12:36:00Z, 2013-05-24T00:00:00Z.
    private static let suiteTime: Int64 = 1_440_938_160_000
    private static let s3Time: Int64 = 1_369_353_600_000

    /// From AWS's documentation ("Examples of the complete Signature Version 4 signing process", "Authenticating
    /// Requests: Using the Authorization Header") and its published test suite (get-vanilla).
    static let cases = [
        Case(
            testDescription: "IAM ListUsers", service: "iam", accessKey: "AKIDEXAMPLE", secretKey: suiteKey,
            time: suiteTime, url: "https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08",
            headers: [HeaderField("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")],
            signedHeaders: "content-type;host;x-amz-date",
            signature: "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7"),
        Case(
            testDescription: "get-vanilla", service: "service", accessKey: "AKIDEXAMPLE", secretKey: suiteKey,
            time: suiteTime, url: "https://example.amazonaws.com/", signedHeaders: "host;x-amz-date",
            signature: "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
        Case(
            testDescription: "S3 GET object", service: "s3", accessKey: "AKIAIOSFODNN7EXAMPLE", secretKey: s3Key,
            time: s3Time, url: "https://examplebucket.s3.amazonaws.com/test.txt",
            headers: [HeaderField("Range", "bytes=0-9")],
            signedHeaders: "host;range;x-amz-content-sha256;x-amz-date",
            signature: "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"),
        Case(
            testDescription: "S3 PUT object", service: "s3", accessKey: "AKIAIOSFODNN7EXAMPLE", secretKey: s3Key,
            time: s3Time, method: .put, url: "https://examplebucket.s3.amazonaws.com/test$file.text",
            headers: [
                HeaderField("Date", "Fri, 24 May 2013 00:00:00 GMT"),
                HeaderField("x-amz-storage-class", "REDUCED_REDUNDANCY"),
            ], body: "Welcome to Amazon S3.",
            signedHeaders: "date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class",
            signature: "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"),
        Case(
            testDescription: "S3 GET bucket lifecycle", service: "s3", accessKey: "AKIAIOSFODNN7EXAMPLE",
            secretKey: s3Key, time: s3Time, url: "https://examplebucket.s3.amazonaws.com/?lifecycle",
            signedHeaders: "host;x-amz-content-sha256;x-amz-date",
            signature: "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"),
        Case(
            testDescription: "S3 list objects", service: "s3", accessKey: "AKIAIOSFODNN7EXAMPLE", secretKey: s3Key,
            time: s3Time, url: "https://examplebucket.s3.amazonaws.com/?prefix=J&max-keys=2",
            signedHeaders: "host;x-amz-content-sha256;x-amz-date",
            signature: "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"),
    ]

    private static func credential(
        _ service: String, _ keys: [String: String], _ desk: Desk, more: String = ""
    ) throws
        -> Credential
    {
        let provider = try provider(
            """
            { "id": "aws", "baseURL": "https://api.acme.test", "hosts": ["*.amazonaws.com"],
              "secrets": { "accessKeyId": { "sensitive": false }, "secretAccessKey": {}, "sessionToken": { "required": false } },
              "auth": { "type": "sign",
                "sign": { "scheme": "aws-sigv4", "region": "us-east-1", "service": "\(service)"\(more) } } }
            """)
        return try desk.credential(try desk.bind(provider, secrets: keys))
    }

    @Test("AWS's own examples", arguments: cases)
    func vectors(_ vector: Case) throws {
        let desk = Desk("")
        desk.clock.advance(.milliseconds(vector.time - FakeClock.start))
        let credential = try Self.credential(
            vector.service, ["accessKeyId": vector.accessKey, "secretAccessKey": vector.secretKey], desk)
        var request = HTTPRequest(
            vector.method, try HTTPURL(parsing: vector.url), headers: vector.headers,
            body: vector.body.isEmpty ? .none : .bytes(Array(vector.body.utf8)))
        try credential.apply(to: &request)
        let day = vector.time == Self.suiteTime ? "20150830" : "20130524"
        #expect(
            request.headers["Authorization"]
                == "AWS4-HMAC-SHA256 Credential=\(vector.accessKey)/\(day)/us-east-1/\(vector.service)/aws4_request, "
                + "SignedHeaders=\(vector.signedHeaders), Signature=\(vector.signature)")
        #expect(request.headers.first { $0.name == "Authorization" }?.isSensitive == true)
    }

    @Test("Temporary credentials send their session token, and sign it; an unsigned payload says so")
    func session() throws {
        let desk = Desk("")
        let credential = try Self.credential(
            "execute-api",
            ["accessKeyId": "AKID", "secretAccessKey": "secret-key", "sessionToken": "the-session-token"],
            desk, more: #", "payload": "unsigned""#)
        var request = HTTPRequest(.get, try HTTPURL(parsing: "https://x.amazonaws.com/a%20b/c"))
        try credential.apply(to: &request)
        #expect(request.headers["X-Amz-Security-Token"] == "the-session-token")
        #expect(request.headers["X-Amz-Content-Sha256"] == "UNSIGNED-PAYLOAD")
        #expect(
            request.headers["Authorization"]?.contains(
                "SignedHeaders=host;x-amz-content-sha256;x-amz-date;x-amz-security-token") == true)
    }

    @Test("A signature that the server repeats is masked")
    func echo() async throws {
        let desk = Desk { request in
            let signature = request.headers["Authorization"]?.split(separator: "=").last ?? ""
            return HTTPResponse(status: 403, body: Array("<Provided>\(signature)</Provided>".utf8))
        }
        let credential = try Self.credential("s3", ["accessKeyId": "AKID", "secretAccessKey": "secret-key"], desk)
        var request = HTTPRequest(.get, try HTTPURL(parsing: "https://x.amazonaws.com/"))
        try credential.apply(to: &request)
        let response = try await credential.transport(over: desk.transport).send(request, pool: credential.poolKey)
        #expect(
            desk.redactor.redact(String(decoding: response.body, as: UTF8.self))
                == "<Provided>«secret:aws.signature»</Provided>")
    }

    @Test("A signature goes to no other host")
    func hosts() throws {
        let desk = Desk("")
        let credential = try Self.credential("s3", ["accessKeyId": "AKID", "secretAccessKey": "secret-key"], desk)
        var request = HTTPRequest(.get, try HTTPURL(parsing: "https://evil.test/"))
        #expect(throws: CredentialError.self) { try credential.apply(to: &request) }
        #expect(request.headers.isEmpty)
    }
}
