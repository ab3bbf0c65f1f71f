import TestSupport
import Testing

/// S-7: every control character in every place that a placeholder or a secret can fill, on the wire.
@Suite("Control characters never make a header", .timeLimit(.minutes(2)))
struct HeaderInjectionTests {
    /// All of ASCII's control characters, a line end of two, and a harmless text that must arrive.
    private static let fillers: [(name: String, text: String)] =
        (Array(0x00...0x1F) + [0x7F]).map { code in
            ("c\(code)", "a" + String(UnicodeScalar(UInt8(code))) + "X-Injected: 1")
        } + [("crlf", "a\r\nX-Injected: 1\r\n\r\nGET /smuggled HTTP/1.1\r\n"), ("plain", "harmless")]

    private static func json(_ text: String) -> String {
        text.unicodeScalars.map { scalar in
            let digits = String(scalar.value, radix: 16)
            return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }.joined()
    }

    // MARK: Requests

    /// A place of a request; NAME is the variable, PLACE what names the request on the wire.
    private static let places: [String: String] = [
        "path": #""request": "GET URL/PLACE/{{NAME}}""#,
        "raw-path": #""request": "GET URL/PLACE/{{raw(NAME)}}""#,
        "query-in-url": #""request": "GET URL/PLACE?q={{NAME}}""#,
        "raw-query": #""request": "GET URL/PLACE?q={{raw(NAME)}}""#,
        "query": #""request": "GET URL/PLACE", "query": { "q": "{{NAME}}" }"#,
        "header": #""request": "GET URL/PLACE", "headers": { "X-Value": "{{NAME}}" }"#,
        "header-part": #""request": "GET URL/PLACE", "headers": { "X-Value": ["b {{NAME}} c", "d"] }"#,
        "cookie": #""request": "GET URL/PLACE", "headers": { "Cookie": "a={{NAME}}; b=2" }"#,
        "authorization": #""request": "GET URL/PLACE", "headers": { "Authorization": "Bearer {{NAME}}" }"#,
        "form": #""request": "POST URL/PLACE", "body": { "form": { "f": "{{NAME}}" } }"#,
        "json": #""request": "POST URL/PLACE", "body": { "json": { "j": "{{NAME}}" } }"#,
        "text": #""request": "POST URL/PLACE", "body": { "text": "{{NAME}}" }"#,
    ]

    @Test("in the path, the query, header fields, cookies and bodies of a request")
    func requests() async throws {
        let server = try RawServer { _ in .answer() }
        defer { server.stop() }
        let collections = Self.places.map { place, request in
            let requests = Self.fillers.map { filler in
                let line = request.replacing("URL", with: server.url).replacing(
                    "PLACE", with: "\(place)--\(filler.name)-"
                )
                .replacing("NAME", with: filler.name)
                return #"{ "name": "\#(filler.name)", \#(line) }"#
            }
            return (
                "collections/\(place).json",
                #"{ "name": "\#(place)", "requests": [\#(requests.joined(separator: ","))] }"#
            )
        }
        let project = try UsherProject(Dictionary(uniqueKeysWithValues: collections))
        defer { project.folder.remove() }
        let variables = Self.fillers.flatMap { ["--var", "\($0.name):=\"\(Self.json($0.text))\""] }
        let result = try await project.run(["run", "-v", "--junit", "out.xml"] + variables)
        try Self.check(server.requests, places: Self.places.keys.sorted())
        #expect(result.status == 3, "\(result.outputText.suffix(2000))\(result.errorText)")
        // What is shown of them steers no terminal and breaks no report.
        for text in [result.outputText, result.errorText, try project.text("out.xml")] {
            #expect(text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x0A }, "a control character in an output")
        }
        let bodies = server.requests.filter { $0.requestLine.hasPrefix("POST") }
        #expect(bodies.count == 3 * Self.fillers.count, "a body may hold anything")
        #expect(
            bodies.contains { $0.requestLine.contains("text--crlf-") && $0.body == Array(Self.fillers[33].text.utf8) })
    }

    // MARK: Credentials

    private static let login = #""url": "URL/PLACE""#
    private static let answer = #""response": { "token": "/t" }"#

    /// Where a secret goes: members of a provider whose one secret is `x`.
    private static let credentials: [String: String] = [
        "apply-header":
            #""auth": { "type": "static" }, "apply": [{ "in": "header", "name": "X-Key", "value": "k {{secret.x}}" }]"#,
        "apply-name":
            #""auth": { "type": "static" }, "apply": [{ "in": "header", "name": "X-{{v}}", "value": "{{secret.x}}" }]"#,
        "apply-query":
            #""auth": { "type": "static" }, "apply": [{ "in": "query", "name": "k", "value": "{{secret.x}}" }]"#,
        "apply-cookie":
            #""auth": { "type": "static" }, "apply": [{ "in": "cookie", "name": "k", "value": "{{secret.x}}" }]"#,
        "apply-path": #""auth": { "type": "static" }, "apply": [{ "in": "path", "value": "/bot{{secret.x}}" }]"#,
        "apply-body":
            #""auth": { "type": "static" }, "apply": [{ "in": "body", "name": "k", "value": "{{secret.x}}" }]"#,
        "apply-basic":
            #""auth": { "type": "static" }, "apply": [{ "in": "basic", "username": "u{{secret.x}}", "password": "{{secret.x}}" }]"#,
        "fixed-header":
            #""auth": { "type": "static" }, "headers": { "X-Fixed": "{{v}}" }, "apply": [{ "in": "query", "name": "k", "value": "1" }]"#,
        "signed-header":
            #""auth": { "type": "sign", "sign": { "scheme": "hmac", "algorithm": "sha256", "key": "{{secret.x}}", "string": "s", "headers": { "X-Key": "{{secret.x}}", "X-Sign": "{{signature}}" } } }"#,
        "login-form":
            #""auth": { "type": "token", "request": { URL, "format": "form", "body": { "x": "{{secret.x}}" } }, ANSWER }"#,
        "login-json":
            #""auth": { "type": "token", "request": { URL, "format": "json", "body": { "x": "{{secret.x}}" } }, ANSWER }"#,
        "login-xml":
            #""auth": { "type": "token", "request": { URL, "format": "xml", "body": "<x>{{secret.x}}</x>" }, ANSWER }"#,
        "login-text":
            #""auth": { "type": "token", "request": { URL, "format": "text", "body": "{{secret.x}}" }, ANSWER }"#,
        "login-query":
            #""auth": { "type": "token", "request": { URL, "method": "GET", "format": "none", "query": { "x": "{{secret.x}}" } }, ANSWER }"#,
        "login-header":
            #""auth": { "type": "token", "request": { URL, "headers": { "X-Login": "{{secret.x}}" } }, ANSWER }"#,
        "login-path": #""auth": { "type": "token", "request": { "url": "SERVER/PLACE/{{v}}" }, ANSWER }"#,
        "client-basic":
            #""auth": { "type": "token", "grant": "client_credentials", "request": { URL }, "clientAuth": { "method": "basic", "id": "i{{secret.x}}", "secret": "{{secret.x}}" }, ANSWER }"#,
        "client-raw":
            #""auth": { "type": "token", "grant": "client_credentials", "request": { URL }, "clientAuth": { "method": "basic", "encoding": "raw", "id": "i{{secret.x}}", "secret": "{{secret.x}}" }, ANSWER }"#,
        "client-body":
            #""auth": { "type": "token", "grant": "client_credentials", "request": { URL }, "clientAuth": { "method": "body", "id": "i", "secret": "{{secret.x}}" }, ANSWER }"#,
    ]

    /// A token answer whose token holds the character: the service's fault, and no header either.
    @Test(
        "in every place of a credential, in token requests and in tokens that come back",
        arguments: credentials.keys.sorted() + ["token"])
    func credentialPlaces(place: String) async throws {
        let server = try RawServer { request in
            guard let place = request.requestLine.firstRange(of: "/token--") else {
                return .answer(
                    200, ["Content-Type: application/json"], #"{"t":"tok-123456","access_token":"tok-123456"}"#)
            }
            let name = request.requestLine[place.upperBound...].prefix { $0 != "-" }
            let filler = Self.fillers.first { $0.name == name }?.text ?? "none"
            return .answer(200, ["Content-Type: application/json"], #"{"t":"\#(Self.json(filler))"}"#)
        }
        defer { server.stop() }
        let members =
            Self.credentials[place]
            ?? #""auth": { "type": "token", "request": { URL, "body": { "x": "{{secret.x}}" } }, ANSWER }"#
        let project = try UsherProject(Self.credentialFiles([place: members], server.url))
        defer { project.folder.remove() }
        let result = try await project.run(["run", "--junit", "out.xml", "-q"])
        let report = try? project.text("out.xml")
        #expect([0, 3].contains(result.status), "\(result.outputText.suffix(2000))\(result.errorText)\(report ?? "")")
        try Self.check(server.requests, places: [place])
    }

    private static func credentialFiles(_ places: [String: String], _ url: String) -> [String: String] {
        var files = [
            "secrets.json": "{" + fillers.map { #""\#($0.name)":"\#(json($0.text))""# }.joined(separator: ",") + "}"
        ]
        var identities: [String] = []
        for (place, members) in places.sorted(by: { $0.key < $1.key }) {
            for filler in fillers {
                let name = "\(place)--\(filler.name)-"
                let text = members.replacing("ANSWER", with: answer).replacing("SERVER", with: url)
                    .replacing("{ URL", with: "{ " + login.replacing("URL", with: url)).replacing("PLACE", with: name)
                files["providers/\(name).json"] =
                    #"{ "id": "\#(name)", "baseURL": "\#(url)", "secrets": { "x": {} }, "vars": { "v": { "default": "none" } }, \#(text) }"#
                identities.append(
                    #""\#(name)": { "provider": "\#(name)", "vars": { "v": "\#(json(filler.text))" }, "secrets": { "x": { "file": "../secrets.json", "pointer": "/\#(filler.name)" } } }"#
                )
            }
            let requests = fillers.map { filler in
                #"{ "name": "\#(filler.name)", "as": "\#(place)--\#(filler.name)-", "request": "GET \#(url)/\#(place)--\#(filler.name)-/call" }"#
            }
            files["collections/\(place).json"] =
                #"{ "name": "\#(place)", "requests": [\#(requests.joined(separator: ","))] }"#
        }
        files["environments/test.json"] = #"{ "name": "test", "identities": {\#(identities.joined(separator: ","))} }"#
        return files
    }

    // MARK: What came in

    /// Every request is one: its head holds no control character and no line of somebody else's. The harmless text came
    /// through every place, so that the others were refused there or encoded.
    private static func check(_ requests: [RawRequest], places: [String]) throws {
        for request in requests {
            let head = request.head.replacing("\r\n", with: "")
            let isWhole = head.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }
            #expect(isWhole, "\(request.head.debugDescription)")
            #expect(request.requestLine.hasPrefix("GET /") || request.requestLine.hasPrefix("POST /"))
            #expect(request.requestLine.hasSuffix(" HTTP/1.1"))
            #expect(!request.requestLine.contains("smuggled HTTP"))
            #expect(!request.lines.contains { $0.lowercased().hasPrefix("x-injected") })
        }
        for place in places {
            let isThere = requests.contains { $0.requestLine.contains("/\(place)--plain-") }
            #expect(isThere, "nothing came through \(place)")
        }
    }
}
