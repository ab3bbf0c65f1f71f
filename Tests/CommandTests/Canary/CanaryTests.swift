import Sandbox
import Synchronization
import TestSupport
import Testing

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// S-4: unusual secrets on every way through the program; whatever a process leaves behind is read in every way.
@Suite("Canaries in outputs", .serialized, .timeLimit(.minutes(5)))
struct CanaryTests {
    /// Made once: a key takes a program.
    private static let secrets = Task { try await CanarySecrets() }

    /// One way through the program.
    struct Way: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let arguments: [String]
        var login = CanaryAnswer.good
        var call = CanaryAnswer.echo(418)
        var status: Int32? = 1
        /// Sent when the server holds a request of the method `waits`.
        var signal: Int32?
        var waits = "GET"
        var place = Place.server
        /// Commands that were run before.
        var before: [[String]] = []
        /// What the server knows and says; only what the process knows too can be recognised by it.
        var echoed = ["password", "lines", "key", "basic", "pem", "token", "refresh"]
        /// What may stand in the cache.
        var kept: Set<String> = ["token"]
        /// Secrets that standard output is there for.
        var printed: Set<String> = []
        /// The outputs must have held secrets, or the row shows nothing.
        var isMasked = true
        var changes: [String: String] = [:]
        var variables: [String: String] = [:]

        enum Place: Sendable { case server, closed, untrusted }

        init(_ description: String, _ arguments: [String], _ change: (inout Way) -> Void = { _ in }) {
            testDescription = description
            self.arguments = arguments
            change(&self)
        }
    }

    @Test("the scanner reads every form, alone and among others")
    func scanner() async throws {
        let secrets = try await Self.secrets.value
        for (name, text) in secrets.all {
            let scanner = CanaryScanner([(name, text)])
            for form in CanaryForm.allCases {
                #expect(
                    scanner.residue(in: "before \(form.write(text)), after") == [name], "\(name) as \(form.rawValue)")
            }
            let others = secrets.all.filter { $0.name != name }.map(\.text)
            for form in CanaryForm.allCases {
                #expect(scanner.residue(in: others.map(form.write).joined(separator: "\n")).isEmpty)
            }
        }
        let part = CanaryScanner([("a", "0123456789")])
        #expect(part.residue(in: "x345678x") == ["a"])
        #expect(part.residue(in: "x34567x").isEmpty)
    }

    @Test("nothing of a secret is left in what a process prints, writes, names or is called with", arguments: ways)
    func way(_ way: Way) async throws {
        let secrets = try await Self.secrets.value
        let scanner = CanaryScanner(secrets.all)
        let table = Mutex<[UInt8]>([])
        let server = try RawServer { request in
            table.withLock { if $0.isEmpty { $0 = ProcessTable.arguments() } }
            let line = request.requestLine
            let isLogin = ["/login ", "/signed ", "/basic "].contains { line.contains($0) }
            if line.contains("/redirected") { return CanaryAnswer.redirect.reply(to: request, secrets, way.echoed) }
            return (isLogin ? way.login : way.call).reply(to: request, secrets, way.echoed)
        }
        defer { server.stop() }
        let url = try await Self.url(way.place, server)
        let canary = try CanaryProject(secrets, url: url.text, changes: way.changes)
        defer { canary.project.folder.remove() }
        let variables = canary.variables.merging(way.variables) { $1 }
        for arguments in way.before { _ = try await canary.project.run(arguments, environment: variables) }
        let child = try canary.project.start(way.arguments, environment: variables)
        if let signal = way.signal {
            try await eventually("a request that is held") {
                server.requests.contains { $0.requestLine.hasPrefix(way.waits) } || !child.isRunning
            }
            child.signal(signal)
        }
        let result = await child.result()
        await url.sandbox?.stop()
        let text = result.outputText + result.errorText
        switch (way.status, way.signal) {
        case (let status?, _): #expect(result.status == status, "\(text)")
        case (nil, let signal?): #expect(result.ending == .killed(signal: signal), "\(text)")
        case (nil, nil): #expect([0, 1, 3].contains(result.status), "\(text)")
        }
        #expect(scanner.residue(in: table.withLock { $0 }, depth: 0).isEmpty, "the process table")
        try scan(result, canary, scanner, way)
    }

    private static func url(
        _ place: Way.Place, _ server: RawServer
    ) async throws -> (text: String, sandbox: SandboxServer?) {
        switch place {
        case .server: return (server.url, nil)
        case .closed:
            let closed = try RawServer()
            closed.stop()
            return (closed.url, nil)
        case .untrusted:
            let sandbox = SandboxServer()
            return ("https://127.0.0.1:\(try await sandbox.start().httpsPort)", sandbox)
        }
    }

    @Test("the sandbox's counters and its log hold none of the credentials that it was sent")
    func sandbox() async throws {
        let project = try UsherProject.examples()
        defer { project.folder.remove() }
        try project.folder.write(
            "collections/zz-stats.json",
            """
            { "name": "Stats", "requests": [
                { "name": "stats", "request": "GET https://api.zarv.com/_sandbox/stats", "expect": { "status": 299 } },
                { "name": "wrong", "as": "zarv", "request": "GET /v1/none/{{identities.zarv.password}}" } ],
              "provider": "zarv" }
            """)
        let result = try await project.run(["run", "collections", "--sandbox", "-v", "-j", "1", "--junit", "out.xml"])
        #expect(result.status == 1, "\(result.errorText)")
        #expect(result.outputText.contains("tokenRequests"), "the counters must be shown: \(result.outputText)")
        for text in [result.outputText, result.errorText, try project.text("out.xml")] {
            for demo in DemoCredential.all where !demo.isPublic {
                for form in CanaryForm.allCases {
                    #expect(strstr(text, form.write(demo.secret)) == nil, "\(demo.identity) as \(form.rawValue)")
                }
            }
        }
    }

    private func scan(
        _ result: ChildProcess.Result, _ canary: CanaryProject, _ scanner: CanaryScanner, _ way: Way
    ) throws {
        // Commands to GitHub's runner are the one place that must name them.
        let errors = result.errorText.split(separator: "\n").filter { !$0.hasPrefix("::add-mask::") }
            .joined(separator: "\n")
        #expect(scanner.residue(in: result.output).subtracting(way.printed).isEmpty, "\(result.outputText)")
        #expect(scanner.residue(in: errors).isEmpty, "\(errors)")
        var masks = (result.outputText + errors).contains("«secret:")
        for (name, bytes) in try canary.leftovers() {
            #expect(scanner.residue(in: name).isEmpty, "the name \(name)")
            let inCache = name.hasPrefix("cache/") ? way.kept : []
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(scanner.residue(in: bytes).subtracting(inCache).isEmpty, "\(name): \(text)")
            if name.hasSuffix(".xml") {
                masks = masks || text.contains("«secret:")
                let read = text.replacing("&quot;", with: "\"").replacing("&apos;", with: "'")
                    .replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&amp;", with: "&")
                #expect(scanner.residue(in: read).isEmpty, "\(name): \(read)")
            }
        }
        if way.isMasked { #expect(masks, "nothing was masked: \(result.outputText)\(errors)") }
    }
}
