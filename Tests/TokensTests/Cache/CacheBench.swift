import HTTP
import JSON
import Providers
import Secrets
import Synchronization
import TestSupport
import Tokens

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A cache folder and everything that several "processes" (brokers) with it need.
struct CacheBench: Sendable {
    let folder: TemporaryFolder
    let desk: Desk
    private let said = Warnings()

    final class Warnings: Sendable {
        let all = Mutex<[String]>([])
    }

    init(_ answer: @escaping @Sendable (HTTPRequest) throws(TransportError) -> HTTPResponse) throws {
        folder = try TemporaryFolder()
        desk = Desk(answer)
    }

    /// Answers 200 with a new token each time: `token-number-1` and so on, good for an hour.
    init(more: String = "") throws {
        let count = Mutex(0)
        try self.init { _ in
            let number = count.withLock { count in
                count += 1
                return count
            }
            return ok(#"{"access_token":"token-number-\#(number)","expires_in":3600\#(more)}"#)
        }
    }

    /// `tokens` below a folder that is made at the first write.
    var path: String { folder.path + "/cache/tokens" }
    var warnings: [String] { said.all.withLock { $0 } }

    func store(isExplicit: Bool = true) -> UserTokenStore {
        UserTokenStore(
            folder: TokenCacheFolder(path: path), redactor: desk.redactor, clock: desk.clock.clock,
            isExplicit: isExplicit
        ) { [said] sentence in said.all.withLock { $0.append(sentence) } }
    }

    /// Another process: a broker that knows nothing yet.
    func broker(isFresh: Bool = false) -> TokenBroker { TokenBroker(desk.exchange, store: store(), isFresh: isFresh) }

    func identity(_ auth: String = "", _ more: String = "") throws -> BoundIdentity {
        try desk.bind(try acme(auth, more), secrets: acmeSecrets)
    }

    var requests: Int { desk.transport.sent.count }

    /// The one entry there is.
    func entryPath() throws -> String {
        let names = try FolderNames.list(path).filter { $0.hasSuffix(".json") }
        guard names.count == 1 else { throw NoEntry(names: names) }
        return path + "/" + names[0]
    }

    func entryText() throws -> String { String(decoding: try TemporaryFolder.read(entryPath()), as: UTF8.self) }

    struct NoEntry: Error { let names: [String] }
}

enum FolderNames {
    static func list(_ path: String) throws -> [String] {
        guard let handle = opendir(path) else { throw CacheBench.NoEntry(names: []) }
        defer { closedir(handle) }
        var names: [String] = []
        while let entry = readdir(handle) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// The permission bits.
    static func mode(_ path: String) -> mode_t {
        var status = stat()
        return lstat(path, &status) == 0 ? status.st_mode & 0o7777 : 0
    }
}
