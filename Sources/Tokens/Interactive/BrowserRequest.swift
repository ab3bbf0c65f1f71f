/// The head of a request as a browser sends it to a `LoopbackListener` (RFC 9112 §2).
struct BrowserRequest {
    /// A redirect is a URL of at most some thousand characters, and cookies of other services on 127.0.0.1 come along.
    static let limit = 64 << 10

    let method: Substring
    /// Path and query.
    let target: Substring
    private let hosts: [Substring]

    /// nil where it is no HTTP/1 head.
    init?(_ head: [UInt8]) {
        let lines = String(decoding: head, as: UTF8.self).split(separator: "\r\n")
        let words = (lines.first ?? "").split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 3, words[1].hasPrefix("/"), words[2].hasPrefix("HTTP/1.") else { return nil }
        (method, target) = (words[0], words[1])
        hosts = lines.dropFirst().compactMap { line in
            let parts = line.split(separator: ":", maxSplits: 1)
            return parts.count == 2 && parts[0].lowercased() == "host" ? parts[1].drop { $0 == " " } : nil
        }
    }

    var path: Substring { target.prefix { $0 != "?" } }

    /// Whether the browser means this machine: a site whose name points to 127.0.0.1 (DNS rebinding) does not.
    func isFor(port: Int) -> Bool { hosts == ["127.0.0.1:\(port)"] || hosts == ["localhost:\(port)"] }

    /// How many of the bytes are the head with its blank line; nil where that has not come yet.
    static func length(in bytes: [UInt8]) -> Int? {
        bytes.firstRange(of: [13, 10, 13, 10] as [UInt8])?.upperBound
    }
}
