import FoundationEssentials
import TestSupport

/// A project in which every secret goes to every place that it can go to.
struct CanaryProject {
    let project: UsherProject
    let secrets: CanarySecrets
    private let inputs: Set<String>

    /// - Parameter url: of the server: calls and token services.
    init(_ secrets: CanarySecrets, url: String, changes: [String: String] = [:]) throws {
        let elsewhere = url.replacing("127.0.0.1", with: "localhost")
        var files = Self.files(secrets).merging(changes) { $1 }
        files = files.mapValues { text in
            text.replacing("<URL>", with: url).replacing("<ELSEWHERE>", with: elsewhere)
        }
        project = try UsherProject()
        for folder in ["secrets", "cache", "tmp"] { try project.folder.makeFolder(folder) }
        for (path, text) in files { try project.folder.write(path, text) }
        self.secrets = secrets
        inputs = Set(files.keys)
    }

    var variables: [String: String] {
        [
            "PASSWORD": secrets.password, "LINES": secrets.lines, "DIGITS": secrets.digits,
            "TMPDIR": project.folder.file("tmp"),
            "USHER_CACHE_DIR": project.folder.file("cache"),
        ]
    }

    /// The names below the project, and the contents of those files that were not there before.
    func leftovers() throws -> [(name: String, bytes: [UInt8])] {
        let paths = try FileManager.default.subpathsOfDirectory(atPath: project.folder.path)
        return try paths.sorted().map { path in
            let isFolder = try isFolder(path)
            let isNew = !inputs.contains(path) && !isFolder
            return (path, isNew ? try TemporaryFolder.read(project.folder.file(path)) : [])
        }
    }

    private func isFolder(_ path: String) throws -> Bool {
        let attributes = try FileManager.default.attributesOfItem(atPath: project.folder.file(path))
        return attributes[.type] as? FileAttributeType == .typeDirectory
    }

    // MARK: Files

    private static func files(_ secrets: CanarySecrets) -> [String: String] {
        [
            "secrets/key": secrets.key + "\n", "secrets/key.pem": secrets.pem,
            "secrets/all.json": #"{"basic":"\#(CanaryForm.json.write(secrets.basic))"}"#,
            "providers/mine.json": #"""
            { "id": "mine", "baseURL": "<URL>", "secrets": { "password": {}, "lines": {}, "digits": { "required": false } },
              "verify": { "request": "GET /verify" },
              "auth": { "type": "token", "grant": "login",
                "request": { "url": "<URL>/login", "format": "json", "headers": { "X-Again": "{{base64(secret.password)}}" },
                  "body": { "password": "{{secret.password}}", "lines": "{{secret.lines}}" } },
                "response": { "token": "/token", "refreshToken": "/refresh" } } }
            """#,
            "providers/keyed.json": #"""
            { "id": "keyed", "baseURL": "<URL>", "secrets": { "key": {} }, "auth": { "type": "static" },
              "verify": { "request": "GET /verify" },
              "apply": [ { "in": "header", "name": "X-Key", "value": "{{secret.key}}" },
                { "in": "query", "name": "api key", "value": "{{secret.key}}" },
                { "in": "cookie", "name": "sid", "value": "{{url(secret.key)}}" },
                { "in": "path", "value": "/bot{{secret.key}}" },
                { "in": "body", "name": "k", "value": "{{secret.key}}", "methods": ["POST"] } ] }
            """#,
            "providers/signed.json": #"""
            { "id": "signed", "baseURL": "<URL>", "secrets": { "clientId": { "sensitive": false }, "privateKey": {} },
              "auth": { "type": "token", "grant": "client_credentials", "request": { "url": "<URL>/signed" },
                "clientAuth": { "method": "private_key_jwt" }, "assertion": { "alg": "ES256" } } }
            """#,
            "environments/test.json": #"""
            { "name": "test", "identities": {
                "mine": { "provider": "mine",
                  "secrets": { "password": { "env": "PASSWORD" }, "lines": { "env": "LINES" }, "digits": { "env": "DIGITS" } } },
                "keyed": { "provider": "keyed", "secrets": { "key": { "file": "../secrets/key" } } },
                "signed": { "provider": "signed",
                  "secrets": { "clientId": { "insecureLiteral": "client-id" }, "privateKey": { "file": "../secrets/key.pem" } } },
                "basic": { "provider": "oauth2-client-credentials", "variant": "basic",
                  "vars": { "tokenURL": "<URL>/basic", "apiURL": "<URL>" },
                  "secrets": { "clientId": { "insecureLiteral": "client-id" },
                    "clientSecret": { "file": "../secrets/all.json", "pointer": "/basic" } } } } }
            """#,
            "collections/places.json": places, "collections/judged.json": judged,
        ]
    }

    /// Secrets in every part of a request. What is expected is never there, so that everything is explained.
    private static let places = #"""
        { "name": "Places", "defaults": { "expect": { "status": 299 } }, "requests": [
          { "name": "a token", "as": "mine", "request": "GET <URL>/one?page=1" },
          { "name": "a key everywhere", "as": "keyed", "request": "GET /two" },
          { "name": "a key in the body", "as": "keyed", "request": "POST /three", "body": { "json": { "a": 1 } } },
          { "name": "a key that signs", "as": "signed", "request": "GET <URL>/four" },
          { "name": "basic", "as": "basic", "request": "GET <URL>/five" },
          { "name": "in path, query, headers and form", "as": "anonymous",
            "request": "POST <URL>/p/{{identities.mine.password}}/{{identities.mine.lines}}?q={{identities.mine.password}}",
            "query": { "again": "{{identities.basic.clientSecret}}", "list": ["{{identities.mine.lines}}", "x"] },
            "headers": { "X-Secret": "{{identities.mine.password}}", "Cookie": "a={{identities.basic.clientSecret}}" },
            "body": { "form": { "f": "{{identities.mine.password}}", "g": "{{identities.signed.privateKey}}" } } },
          { "name": "through functions", "as": "anonymous", "request": "PUT <URL>/f/{{base64url(identities.mine.password)}}",
            "query": { "u": "{{url(identities.mine.lines)}}" },
            "body": { "json": { "b": "{{base64(identities.mine.lines)}}", "j": "{{json(identities.mine.password)}}",
              "p": "x{{identities.basic.clientSecret}}y", "t": "{{trim(identities.mine.password)}}",
              "bb": "{{base64(base64(identities.mine.password))}}", "s": "{{sha256(identities.mine.password)}}" } } },
          { "name": "as text", "as": "anonymous", "request": "POST <URL>/t",
            "body": { "text": "<a b='{{identities.mine.password}}'>{{identities.mine.lines}}</a>", "type": "text/xml" } } ] }
        """#

    /// Secrets in what is expected and captured, and where they may not be.
    private static let judged = #"""
        { "name": "Judged", "requests": [
          { "name": "expected and not found", "as": "mine", "request": "GET <URL>/six", "expect": {
              "headers": { "X-Echo": "not {{identities.mine.password}}", "Content-Type": { "lines": { "contains": "{{identities.mine.lines}}" } } },
              "text": { "startsWith": "{{identities.mine.lines}}", "matches": "{{identities.basic.clientSecret}}$" },
              "json": { "$.token": "{{identities.mine.password}}", "$.list[?@.id == {{identities.mine.password}}]": { "count": 1 },
                "$": { "contains": "{{identities.keyed.key}}" } } } },
          { "name": "captured", "as": "mine", "request": "GET <URL>/seven", "expect": { "status": 299 },
            "capture": { "fresh": { "json": "$.access_token", "secret": true, "default": "none" },
              "open": { "json": "$.refresh", "default": "none" }, "echo": { "header": "X-Echo", "default": "none" } } },
          { "name": "used", "as": "anonymous", "request": "GET <URL>/c/{{fresh}}/{{open}}", "query": { "e": "{{echo}}" },
            "expect": { "status": 299 } },
          { "name": "no number", "as": "anonymous", "request": "GET <URL>/n/{{int(identities.mine.password)}}" },
          { "name": "no header", "as": "anonymous", "request": "GET <URL>/h", "headers": { "X-Lines": "{{identities.mine.lines}}" } },
          { "name": "no <URL>", "as": "anonymous", "request": "GET {{identities.mine.password}}/x" },
          { "name": "in a host", "as": "anonymous", "request": "GET http://x{{identities.mine.digits}}.localhost:1/y" },
          { "name": "not its host", "as": "anonymous", "request": "GET <ELSEWHERE>/{{identities.mine.password}}" },
          { "name": "the credential to another host", "as": "keyed", "request": "GET <ELSEWHERE>/x" },
          { "name": "redirected", "as": "keyed", "request": "GET <URL>/redirected", "redirects": true, "expect": { "status": 299 } } ] }
        """#
}
