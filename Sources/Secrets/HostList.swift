/// A host a credential may be sent to: `api.zarv.com`, or `*.clazar.io` for everything below a domain.
package struct HostPattern: Sendable, Hashable, CustomStringConvertible {
    package let text: String

    package init(_ text: String) { self.text = lowerCaseASCII(text) }

    package var description: String { text }

    /// Compares whole labels: `*.zarv.com` is neither `zarv.com` nor `evilzarv.com`.
    package func matches(_ host: String) -> Bool {
        let host = Array(lowerCaseASCII(host).utf8)
        guard let domain else { return host.elementsEqual(text.utf8) }
        guard host.count > domain.count, host.suffix(domain.count).elementsEqual(domain) else { return false }
        // A host that holds anything else is none, and others may read it differently.
        return host.dropLast(domain.count).allSatisfy(Self.isHostByte)
    }

    /// `.clazar.io` of `*.clazar.io`; nil where the pattern is a host.
    private var domain: [UInt8]? {
        text.utf8.starts(with: "*.".utf8) && text.utf8.count > 2 ? Array(text.utf8.dropFirst()) : nil
    }

    /// Whether every host the other one matches is matched by this one too.
    fileprivate func covers(_ other: HostPattern) -> Bool {
        guard let domain, let inner = other.domain else { return matches(other.text) }
        return inner.count >= domain.count && inner.suffix(domain.count).elementsEqual(domain)
    }

    private static func isHostByte(_ byte: UInt8) -> Bool {
        byte &- 0x61 < 26 || byte &- 0x30 < 10 || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
            || byte == UInt8(ascii: "_")
    }
}

/// The hosts a credential may be sent to; a host may stand with its port (`127.0.0.1:8080`).
package struct HostList: Sendable, Hashable {
    package var patterns: Set<HostPattern>

    package init(_ hosts: some Sequence<String> = []) {
        patterns = Set(hosts.map { HostPattern($0) })
    }

    package func allows(_ host: String) -> Bool {
        patterns.contains { $0.matches(host) }
    }

    package func union(_ other: HostList) -> HostList {
        var result = self
        result.patterns.formUnion(other.patterns)
        return result
    }

    /// The hosts that both allow: of `*.zarv.com` and `api.zarv.com` the latter.
    package func intersection(_ other: HostList) -> HostList {
        var result = HostList()
        result.patterns.formUnion(patterns.filter { mine in other.patterns.contains { $0.covers(mine) } })
        result.patterns.formUnion(other.patterns.filter { theirs in patterns.contains { $0.covers(theirs) } })
        return result
    }

    /// For messages: sorted, with commas.
    package var phrase: String {
        patterns.isEmpty ? "no host" : patterns.map(\.text).sorted().joined(separator: ", ")
    }
}

/// Lower case of A to Z only: in Unicode the Kelvin sign's is `k`, and another host would match.
private func lowerCaseASCII(_ text: String) -> String {
    String(decoding: text.utf8.map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 }, as: UTF8.self)
}
