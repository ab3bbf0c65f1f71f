import Secrets
import Synchronization
import TestSupport
import Testing
import Tokens

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite("Cache files are private")
struct CachePrivacyTests {
    @Test("folders are 0700 and files 0600")
    func modes() async throws {
        let bench = try CacheBench()
        defer { bench.folder.remove() }
        _ = try await bench.broker().credential(for: bench.identity())
        #expect(FolderNames.mode(bench.folder.path + "/cache") == 0o700)
        #expect(FolderNames.mode(bench.path) == 0o700)
        let names = try FolderNames.list(bench.path)
        #expect(names.count == 3, "\(names): entry, lock, key, nothing left over")
        for name in names { #expect(FolderNames.mode(bench.path + "/" + name) == 0o600, "\(name)") }
    }

    @Test("a key that its maker still has under its first name, or died with it, is the key of the installation")
    func halfMade() async throws {
        let bench = try CacheBench()
        defer { bench.folder.remove() }
        let identity = try bench.identity()
        let token = try await bench.broker().credential(for: identity).token
        #expect(link(bench.path + "/install.key", bench.path + "/install.key.77.88.part") == 0)
        #expect(try await bench.broker().credential(for: identity).token?.value == token?.value)
        #expect(bench.requests == 1)
        #expect(bench.warnings == [])
        #expect(try FolderNames.list(bench.path).count == 3)
    }

    enum Trap: String, CaseIterable, Sendable {
        case openFolder = "open to others (mode 755)"
        case linkedFolder = "is no folder but a link"
        case foreignFolder = "belongs to another user"
        case openFile = "is open to others (mode 644)"
        case linkedFile = "is a link"
        case hardLink = "has a second name"
        case foreignFile = "the cache file"
        case pipe = "is no regular file"
        case linkedLock = ".lock is a link"
        case hardLock = ".lock has a second name"
        case linkedKey = "install.key is a link"
        case openKey = "install.key is open to others"
    }

    @Test(
        "what others could have put there is refused with a sentence, and the run goes on in memory",
        arguments: Trap.allCases)
    func hostile(_ trap: Trap) async throws {
        // Only root may give a file away.
        if trap == .foreignFile || trap == .foreignFolder, geteuid() != 0 { return }
        let bench = try CacheBench()
        defer { bench.folder.remove() }
        let identity = try bench.identity()
        _ = try await bench.broker().credential(for: identity)
        try set(trap, bench)
        let second = try await bench.broker().credential(for: identity)
        #expect(second.token?.value.reveal() == "token-number-2")
        #expect(bench.warnings.contains { $0.contains(trap.rawValue) }, "\(bench.warnings)")
        #expect(Set(bench.warnings).count == bench.warnings.count, "each is said once")
        if trap == .linkedFile {
            #expect(try TemporaryFolder.read(bench.folder.file("theirs")) == Array("theirs".utf8))
        }
    }

    private func set(_ trap: Trap, _ bench: CacheBench) throws {
        let entry = try bench.entryPath()
        let lock = entry.replacing(".json", with: ".lock")
        switch trap {
        case .openFolder: chmod(bench.path, 0o755)
        case .linkedFolder:
            rename(bench.path, bench.folder.file("elsewhere"))
            symlink(bench.folder.file("elsewhere"), bench.path)
        case .foreignFolder: chown(bench.path, 12345, 12345)
        case .openFile: chmod(entry, 0o644)
        case .linkedFile:
            try bench.folder.write("theirs", "theirs")
            unlink(entry)
            symlink(bench.folder.file("theirs"), entry)
        case .hardLink: link(entry, bench.folder.file("second"))
        case .foreignFile: chown(entry, 12345, 12345)
        case .pipe:
            unlink(entry)
            mkfifo(entry, 0o600)
        case .linkedLock:
            // The entry must be out of date for the lock to be asked for.
            unlink(entry)
            unlink(lock)
            symlink(bench.folder.file("theirs"), lock)
        case .hardLock:
            unlink(entry)
            link(lock, bench.folder.file("second"))
        case .linkedKey:
            unlink(bench.path + "/install.key")
            symlink(bench.folder.file("theirs"), bench.path + "/install.key")
        case .openKey: chmod(bench.path + "/install.key", 0o644)
        }
    }

    /// What somebody may have put where a new file is about to be made, before anything of ours was there.
    enum Plant: CaseIterable, Sendable { case link, pipe, openFile, foreignFile }

    @Test(
        "what was put in the way of a new file is never written to, and files are private all the same",
        arguments: Plant.allCases)
    func planted(_ plant: Plant) async throws {
        if plant == .foreignFile, geteuid() != 0 { return }
        let bench = try CacheBench()
        defer { bench.folder.remove() }
        let identity = try bench.identity()
        _ = try await bench.broker().credential(for: identity)
        let part = try bench.entryPath() + ".part"
        let victim = try bench.folder.write("victim", "precious")
        switch plant {
        case .link: symlink(victim, part)
        case .pipe: mkfifo(part, 0o666)
        case .openFile:
            try bench.folder.write("cache/tokens/" + (part.split(separator: "/").last.map(String.init) ?? ""), "")
            chmod(part, 0o666)
        case .foreignFile:
            try bench.folder.write("cache/tokens/" + (part.split(separator: "/").last.map(String.init) ?? ""), "")
            chown(part, 12345, 12345)
        }
        _ = try await bench.broker(isFresh: true).credential(for: identity)
        #expect(try TemporaryFolder.read(victim) == Array("precious".utf8))
        #expect(try bench.entryText().contains("token-number-2"))
        for name in try FolderNames.list(bench.path) {
            #expect(FolderNames.mode(bench.path + "/" + name) == 0o600, "\(name)")
        }
        #expect(bench.warnings.isEmpty)
    }

    static let damages: [String] = [
        "", "{", "[]", "null", #"{"version":1}"#, #"{"version":1,"identity":"acme","provider":"acme","token":{}}"#,
        #"{"version":1,"identity":"acme","provider":"acme","token":{"value":"x\ny","type":"Bearer","obtainedAt":1,"source":"answer","origin":"login"}}"#,
        #"{"version":1,"identity":"acme","provider":"acme","token":{"value":"x","type":"Bearer","obtainedAt":1e30,"source":"answer","origin":"login"}}"#,
        #"{"version":1,"identity":"acme","provider":"acme","failure":{"kind":"cancelled","message":"x","until":1}}"#,
        String(repeating: "[", count: 10_000),
    ]

    @Test("a damaged entry is no token, and is said to be damaged", arguments: damages)
    func damaged(_ text: String) async throws {
        let bench = try CacheBench()
        defer { bench.folder.remove() }
        let identity = try bench.identity()
        _ = try await bench.broker().credential(for: identity)
        try Self.overwrite(try bench.entryPath(), text)
        #expect(try await bench.broker().credential(for: identity).token?.value.reveal() == "token-number-2")
        #expect(bench.warnings.count == 1)
        #expect(bench.warnings.first?.hasPrefix("the cached token of 'acme' is damaged") == true)
        // It was replaced by a good one.
        #expect(try await bench.broker().credential(for: identity).token?.value.reveal() == "token-number-2")
    }

    @Test("an entry cut off at any byte is damaged, never half a token")
    func truncated() async throws {
        let bench = try CacheBench()
        defer { bench.folder.remove() }
        let identity = try bench.identity()
        _ = try await bench.broker().credential(for: identity)
        let path = try bench.entryPath()
        let text = try bench.entryText()
        for length in 0..<text.utf8.count - 2 {
            try Self.overwrite(path, String(decoding: Array(text.utf8).prefix(length), as: UTF8.self))
            #expect(await bench.store().entry(of: identity) == nil)
        }
        try Self.overwrite(path, text)
        #expect(await bench.store().entry(of: identity) != nil)
    }

    @Test("an entry of another version is left alone until there is a new token")
    func otherVersion() async throws {
        let bench = try CacheBench()
        defer { bench.folder.remove() }
        let identity = try bench.identity()
        _ = try await bench.broker().credential(for: identity)
        try Self.overwrite(
            try bench.entryPath(), try bench.entryText().replacing(#""version":1"#, with: #""version":2"#))
        #expect(try await bench.broker().credential(for: identity).token?.value.reveal() == "token-number-2")
        #expect(bench.warnings.first?.contains("another version") == true)
    }

    private static func overwrite(_ path: String, _ text: String) throws {
        let file = open(path, O_WRONLY | O_TRUNC)
        defer { close(file) }
        #expect(write(file, text, text.utf8.count) == text.utf8.count)
    }

    static let places: [([String: String], String?)] = [
        (["USHER_CACHE_DIR": "/a/b/"], "/a/b/tokens"), (["XDG_CACHE_HOME": "/x", "HOME": "/h"], "/x/usher/tokens"),
        (["USHER_CACHE_DIR": "relative", "XDG_CACHE_HOME": "relative"], nil), ([:], nil), (["HOME": ""], nil),
        (["USHER_CACHE_DIR": "/a", "XDG_CACHE_HOME": "/x"], "/a/tokens"),
    ]

    @Test("the folder is where the variables say, and never relative", arguments: places)
    func standardPlace(_ variables: [String: String], _ path: String?) {
        #expect(TokenCacheFolder.standard(variables)?.path == path)
    }

    @Test("a home that does not exist is not made, and nobody is warned unless the cache was asked for")
    func noHome() async throws {
        let bench = try CacheBench()
        defer { bench.folder.remove() }
        let home = bench.folder.file("home")
        let folder = try #require(TokenCacheFolder.standard(["HOME": home]))
        for isExplicit in [false, true] {
            let warned = CacheBench.Warnings()
            let store = UserTokenStore(
                folder: folder, redactor: bench.desk.redactor, clock: bench.desk.clock.clock, isExplicit: isExplicit
            ) { sentence in warned.all.withLock { $0.append(sentence) } }
            _ = try await TokenBroker(bench.desk.exchange, store: store).credential(for: bench.identity())
            #expect(warned.all.withLock { $0.isEmpty } == !isExplicit)
            #expect(access(home, F_OK) != 0)
        }
    }
}
