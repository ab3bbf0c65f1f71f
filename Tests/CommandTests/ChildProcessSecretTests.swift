import TestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// S-8: what the process table tells about a run while it runs, and what the programs that it starts are told.
@Suite("Secrets and other processes")
struct ChildProcessSecretTests {
    private static let secrets = [
        "PASSWORD": "pw-4Kd8Xq2Zr7", "LOGIN_TOKEN": "tk-9Mn3Vb6Yt1",
        "HTTPS_PROXY": "http://user:px-7Gh5Jk0Lp@127.0.0.1:1",
        "ACTIONS_ID_TOKEN_REQUEST_TOKEN": "id-2Wc8Sx4Df6", "AWS_SECRET_ACCESS_KEY": "aw-5Rf1Tg9Hy3",
    ]
    private static let harmless = [
        "LANG": "C.UTF-8", "LC_ALL": "C", "XDG_RUNTIME_DIR": "/run/none", "VAULT_ADDR": "https://v.test",
    ]

    /// Writes its arguments and variables into files and prints a secret.
    private static let spy = """
        #!/bin/sh
        tr '\\0' '\\n' < /proc/$$/environ > "$(dirname "$0")/$(basename "$0").environ"
        echo "$*" > "$(dirname "$0")/$(basename "$0").arguments"
        printf 'sp-6Nb4Mq8Ew0'
        """

    @Test("a program and the keyring's helper get the usual variables, those that are named, and no secret")
    func variables() async throws {
        let project = try UsherProject([
            "providers/p.json": #"""
            { "id": "p", "baseURL": "https://api.test", "secrets": { "a": {}, "b": {}, "c": {}, "d": {} }, "auth": { "type": "static" },
              "apply": [{ "in": "header", "name": "X", "value": "{{secret.a}}{{secret.b}}{{secret.c}}{{secret.d}}" }] }
            """#,
            "environments/test.json": #"""
            { "name": "test", "identities": { "me": { "provider": "p", "secrets": {
                "a": { "env": "PASSWORD" }, "b": { "command": ["./spy", "read", "x"] },
                "c": { "command": ["./named", "read"], "variables": ["VAULT_ADDR", "LOGIN_TOKEN"] },
                "d": { "keyring": { "service": "s", "account": "a" } } } } } }
            """#,
            "spy": Self.spy, "named": Self.spy, "secret-tool": Self.spy,
        ])
        defer { project.folder.remove() }
        for name in ["spy", "named", "secret-tool"] { #expect(chmod(project.folder.file(name), 0o755) == 0) }
        let variables = Self.secrets.merging(Self.harmless) { $1 }
            .merging(["PATH": "\(project.folder.path):/usr/bin:/bin", "USHER_ALLOW_COMMANDS": "1"]) { $1 }
        let result = try await project.run(["token", "me"], environment: variables)
        #expect(result.status == 0, "\(result.errorText)")
        for name in ["spy", "named", "secret-tool"] {
            let told = try project.text("\(name).environ"), arguments = try project.text("\(name).arguments")
            for (variable, value) in Self.secrets where name != "named" || variable != "LOGIN_TOKEN" {
                #expect(!told.contains(variable + "=") && !told.contains(value), "\(name): \(variable)")
                #expect(!arguments.contains(value))
            }
            let names = Set(told.split(separator: "\n").compactMap { $0.split(separator: "=").first.map(String.init) })
            // The shell adds PWD, OLDPWD, SHLVL and _ for itself.
            let usual: Set = ["HOME", "PATH", "LANG", "LC_ALL", "XDG_RUNTIME_DIR", "PWD", "OLDPWD", "SHLVL", "_"]
            let named: Set = name == "named" ? ["VAULT_ADDR", "LOGIN_TOKEN"] : []
            #expect(names.isSubset(of: usual.union(named)), "\(name): \(names.sorted())")
            #expect(names.isSuperset(of: named.union(["HOME", "PATH", "LANG"])), "\(name): \(names.sorted())")
        }
    }

    @Test(
        "while a run waits for a program and for a server, no argument of any process and no line shown holds a secret")
    func processTable() async throws {
        let server = try RawServer { _ in .hang() }
        defer { server.stop() }
        var files = LoginProject.files(server.url)
        files["environments/test.json"] = #"""
            { "name": "test", "identities": { "mine": { "provider": "mine", "secrets": {
                "name": { "env": "NAME" }, "password": { "command": ["./slow"], "timeout": "4m" } } } } }
            """#
        files["slow"] = "#!/bin/sh\nwhile [ ! -e go ]; do sleep 0.05; done\nprintf 'sp-6Nb4Mq8Ew0'\n"
        let project = try UsherProject(files)
        defer { project.folder.remove() }
        #expect(chmod(project.folder.file("slow"), 0o755) == 0)
        let variables = Self.secrets.merging(["NAME": "nm-3Zx7Cv1Bn5"]) { $1 }
        let child = try project.start(["run", "-v", "--allow-commands"], environment: variables)
        try await eventually("the program to run") { !ProcessTable.children(of: child.id).isEmpty }
        let helpers = ProcessTable.children(of: child.id)
        let told = helpers.map { String(decoding: ProcessTable.read($0, "environ"), as: UTF8.self) }.joined()
        let early = String(decoding: ProcessTable.arguments(), as: UTF8.self)
        #expect(early.contains("slow"), "the table was read while the program ran")
        try project.folder.write("go", "")
        try await server.waitForRequests(1)
        let late = String(decoding: ProcessTable.arguments(), as: UTF8.self)
        child.signal(2)
        let result = await child.result()
        for value in Array(Self.secrets.values) + ["sp-6Nb4Mq8Ew0", "nm-3Zx7Cv1Bn5"] {
            for text in [early, late, told, result.outputText, result.errorText] { #expect(!text.contains(value)) }
        }
        #expect(result.status == 130)
    }
}
