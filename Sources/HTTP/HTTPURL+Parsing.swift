extension HTTPURL {
    /// Why a text is not a URL we send to.
    package struct ParseError: Error, Sendable, Hashable {
        /// Completes "the URL …".
        package let reason: String
        package init(reason: String) { self.reason = reason }

        /// The reason, for a URL in which a secret may stand: it quotes parts of the URL, some in lower case, which no
        /// redactor knows.
        package func reason(isSecret: Bool) -> String {
            isSecret ? "is none; it holds a secret and is not shown" : reason
        }
    }

    /// Parses an absolute URL. User information is refused (a credential in a URL ends up in logs), a fragment is
    /// dropped, a host keeps only letters, digits, `-`, `.`, `_` or an IPv6 literal; what is not ASCII in path and query
    /// is percent-encoded.
    ///
    /// - Throws: `ParseError` with a reason that completes "the URL …".
    package init(parsing text: String) throws(ParseError) {
        if let url = HTTPURL(plain: text) {
            self = url
            return
        }
        try self.init(carefully: text)
    }

    init(carefully text: String) throws(ParseError) {
        if let bad = text.unicodeScalars.first(where: Self.mustBeEncoded) {
            let number = String(bad.value, radix: 16, uppercase: true)
            throw ParseError(
                reason: bad == " "
                    ? "holds a blank; write %20" : "holds the character U+\(number), which must be percent-encoded")
        }
        guard let separator = text.firstRange(of: "://") else {
            throw ParseError(reason: "has no scheme; write https://…")
        }
        let scheme = text[..<separator.lowerBound].lowercased()
        guard scheme == "http" || scheme == "https" else {
            // Whole and as written: of half a secret, or one in lower case, nobody would know that it is one.
            throw ParseError(reason: "has the scheme '\(text[..<separator.lowerBound])'; only http and https are sent")
        }
        let rest = text[separator.upperBound...].prefix { $0 != "#" }
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        guard !authority.contains("@") else {
            throw ParseError(reason: "holds user information (user@host); put the credential into an identity")
        }
        let (host, port) = try Self.hostAndPort(authority, scheme: scheme)
        let tail = rest[authority.endIndex...]
        let path = tail.prefix { $0 != "?" }
        let query = path.endIndex == tail.endIndex ? nil : tail[tail.index(after: path.endIndex)...]
        self.init(
            scheme: scheme, host: host, port: port, path: path.isEmpty ? "/" : Self.asciiOnly(path),
            query: query.map(Self.asciiOnly))
    }

    /// Resolves a reference as a browser would (RFC 3986 §5.2), for `Location`; blanks in it are encoded, since servers
    /// send them.
    ///
    /// - Throws: `ParseError` with a reason that completes "a URL that …".
    package func resolving(_ reference: String) throws(ParseError) -> HTTPURL {
        let reference = Self.withoutBlanks(reference)
        if Self.hasScheme(reference) { return try HTTPURL(parsing: reference) }
        if reference.hasPrefix("//") { return try HTTPURL(parsing: scheme + ":" + reference) }
        let base = origin.description
        if reference.hasPrefix("/") { return try HTTPURL(parsing: base + Self.withoutDots(reference)) }
        if reference.hasPrefix("?") { return try HTTPURL(parsing: base + path + reference) }
        if reference.isEmpty || reference.hasPrefix("#") { return self }
        let folder = path[...(path.lastIndex(of: "/") ?? path.startIndex)]
        return try HTTPURL(parsing: base + Self.withoutDots(folder + reference))
    }

    // MARK: Host and port

    private static func hostAndPort(_ authority: Substring, scheme: String) throws(ParseError) -> (String, Int) {
        var host = authority
        var port = defaultPort(scheme)
        // An IPv6 literal holds colons of its own.
        let isLiteral = authority.hasPrefix("[")
        let literalEnd = isLiteral ? authority.lastIndex(of: "]") ?? authority.endIndex : authority.startIndex
        if let colon = authority[literalEnd...].firstIndex(of: ":") {
            let digits = authority[authority.index(after: colon)...]
            host = authority[..<colon]
            // `host:` means the default port (RFC 3986 §3.2.3).
            if !digits.isEmpty { port = try number(digits) }
        }
        var name = host.lowercased()
        while name.hasSuffix(".") { name.removeLast() }
        guard !name.isEmpty else { throw ParseError(reason: "has no host") }
        guard isHost(name) else { throw ParseError(reason: "has the host '\(host)', which is not a host name") }
        return (name, port)
    }

    private static func number(_ digits: Substring) throws(ParseError) -> Int {
        guard let number = Int(digits), (1...65535).contains(number), digits.utf8.first != UInt8(ascii: "+") else {
            throw ParseError(reason: "has the port '\(digits)'; a port is a number from 1 to 65535")
        }
        return number
    }

    private static func isHost(_ name: String) -> Bool {
        if name.hasPrefix("[") { return isIPv6Literal(name) }
        return name.unicodeScalars.allSatisfy {
            $0.value >= 0xA0 || ("a"..."z").contains($0) || ("0"..."9").contains($0) || $0 == "-" || $0 == "."
                || $0 == "_"
        }
    }

    /// Brackets around digits, colons and dots; zones (`%eth0`) are no part of a URL that others could use.
    private static func isIPv6Literal(_ name: String) -> Bool {
        let inner = name.utf8.dropFirst().dropLast()
        return name.hasSuffix("]") && inner.contains(UInt8(ascii: ":"))
            && inner.allSatisfy {
                (0x30...0x3A).contains($0) || (0x61...0x66).contains($0) || $0 == UInt8(ascii: ".")
            }
    }

    // MARK: Pieces

    /// Control characters, blanks and the backslash, which some take for a slash.
    private static func mustBeEncoded(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value <= 0x20 || (0x7F..<0xA0).contains(scalar.value) || scalar == "\\"
    }

    /// Whether a reference begins with `scheme:` (RFC 3986 §4.1): a colon before the first `/`, `?` or `#`.
    private static func hasScheme(_ reference: String) -> Bool {
        let head = reference.prefix { $0 != ":" && $0 != "/" && $0 != "?" && $0 != "#" }
        guard let first = head.first, first.isLetter, head.endIndex < reference.endIndex else { return false }
        return reference[head.endIndex] == ":"
            && head.allSatisfy { $0.isLetter || $0.isNumber || $0 == "+" || $0 == "-" || $0 == "." }
    }

    private static func asciiOnly(_ text: Substring) -> String {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return String(text) }
        return text.utf8.reduce(into: "") { encoded, byte in
            encoded += byte < 0x80 ? String(Unicode.Scalar(byte)) : "%" + String(byte, radix: 16, uppercase: true)
        }
    }

    private static func withoutBlanks(_ reference: String) -> String {
        let isBlank = { (character: Character) in character == " " || character == "\t" }
        guard reference.contains(where: isBlank) else { return reference }
        let trimmed = reference.drop(while: isBlank).reversed().drop(while: isBlank).reversed()
        return String(trimmed).replacing(" ", with: "%20")
    }

    /// Removes `.` and `..` segments (RFC 3986 §5.2.4).
    static func withoutDots(_ pathAndQuery: String) -> String {
        let mark = pathAndQuery.firstIndex { $0 == "?" || $0 == "#" } ?? pathAndQuery.endIndex
        var kept: [Substring] = []
        let segments = pathAndQuery[..<mark].split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        for segment in segments {
            if segment == ".." {
                _ = kept.popLast()
            } else if segment != "." {
                kept.append(segment)
            }
        }
        if let last = segments.last, last == "." || last == ".." { kept.append("") }
        return "/" + kept.joined(separator: "/") + pathAndQuery[mark...]
    }
}
