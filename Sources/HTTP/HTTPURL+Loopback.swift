extension HTTPURL {
    /// Whether it stays on this machine: what goes there without TLS is seen by nobody else.
    package var isLoopback: Bool {
        if host == "localhost" || host == "[::1]" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }

    /// Over TLS, or on this machine.
    package var isProtected: Bool { scheme == "https" || isLoopback }
}
