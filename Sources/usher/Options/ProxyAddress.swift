/// The URL of a proxy as curl takes it: `http://user:password@host:8080`, the scheme and the user may be missing.
struct ProxyAddress {
    private static let schemes = ["http", "https", "socks4", "socks4a", "socks5", "socks5h"]

    private let text: String
    private let scheme: String?
    /// As it stands, still percent-encoded; nil where there is none.
    private let user: Substring?
    private let place: Substring

    init(_ text: String) {
        self.text = text
        let separator = text.firstRange(of: "://")
        scheme = separator.map { text[..<$0.lowerBound].lowercased() }
        let rest = text[(separator?.upperBound ?? text.startIndex)...]
        // A password that was not encoded may hold `/` and `@`: all before the last `@` is the user's.
        let at = rest.lastIndex(of: "@")
        user = at.map { rest[..<$0] }
        place = rest[(at.map(rest.index(after:)) ?? rest.startIndex)...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    }

    /// What is wrong with it, to follow `--proxy`; never quotes the user.
    var objection: String? {
        if text.isEmpty { return nil }
        if let scheme, !Self.schemes.contains(scheme) {
            return "knows no scheme '\(scheme.prefix(20))'; write one of: \(Self.schemes.joined(separator: ", "))"
        }
        guard let host, !host.isEmpty, text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
            return "is written as http://host:port"
        }
        return nil
    }

    /// nil where the port is none.
    private var host: Substring? {
        let start = place.hasPrefix("[") ? place.lastIndex(of: "]") ?? place.endIndex : place.startIndex
        guard let colon = place[start...].firstIndex(of: ":") else { return place }
        let port = Int(place[place.index(after: colon)...]) ?? 0
        return (1...65535).contains(port) ? place[..<colon] : nil
    }

    /// The address without its user, for lines that are shown.
    var shown: String { (scheme.map { $0 + "://" } ?? "") + place }

    /// Whatever of it must not be printed: the whole, the user with the password, the password, encoded and not.
    var secrets: [String] {
        guard let user else { return [] }
        let password = user.firstIndex(of: ":").map { user[user.index(after: $0)...] } ?? ""
        return [text] + [user, password].flatMap { [String($0), Self.decoded($0)] }
    }

    private static func decoded(_ text: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8
        while let byte = rest.popFirst() {
            let digits = Substring(rest.prefix(2))
            if byte == UInt8(ascii: "%"), digits.utf8.count == 2, let value = UInt8(digits, radix: 16) {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// `HOST:PORT:ADDRESS`, as curl's `--resolve`.
enum ResolveEntry {
    /// What is wrong with it, to follow `--resolve`.
    static func objection(to text: String) -> String? {
        let parts = text.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
        let isForm = parts.count == 3 && !parts[0].isEmpty && (1...65535).contains(Int(parts[1]) ?? 0)
        let isAddress = parts.last.map { !$0.isEmpty && $0.utf8.allSatisfy(isPartOfAddress) } ?? false
        return isForm && isAddress ? nil : "is written as HOST:PORT:ADDRESS, as in api.test:443:127.0.0.1"
    }

    /// Of IPv4 and IPv6 addresses, several with commas between them.
    private static func isPartOfAddress(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x3A, 0x41...0x46, 0x61...0x66: true
        case UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"): true
        default: false
        }
    }
}
