import FoundationEssentials

/// The table of docs/architecture.md: what a module of ours may import of the others.
enum ModuleTable {
    static let root = "\(#filePath)".replacing("/Tests/HouseTests/ModuleTable.swift", with: "")

    private static let base: Set<String> = ["Diagnostics", "JSON", "HTTP", "Secrets", "Templates", "Expectations"]
    private static let upToTokens = base.union(["Providers", "Tokens"])

    static let allowed: [String: Set<String>] = [
        "Diagnostics": [],
        "JSON": ["Diagnostics"],
        "HTTP": [],
        "CurlTransport": ["HTTP", "CCurl"],
        "Secrets": ["Diagnostics", "JSON", "HTTP"],
        "Templates": ["Diagnostics", "JSON", "Secrets"],
        "Expectations": ["Diagnostics", "JSON", "HTTP", "Secrets", "Templates"],
        "Providers": base.union(["CResources"]),
        "Tokens": base.union(["Providers"]),
        "Workspace": base.union(["Providers"]),
        "Results": ["Diagnostics", "HTTP", "Expectations"],
        "Contract": upToTokens.union(["Workspace", "Results", "CResources"]),
        "Runner": upToTokens.union(["Workspace", "Results", "Contract"]),
        "Reports": ["Results", "Secrets", "HTTP", "JSON", "Diagnostics", "Expectations"],
        "Sandbox": ["JSON", "HTTP"],
        "usher": upToTokens.union([
            "Workspace", "Results", "Contract", "Runner", "Reports", "CurlTransport", "Sandbox",
        ]),
    ]

    /// Packages a module may import beside ours, the system and Foundation.
    static let packages: [String: Set<String>] = [
        "Tokens": ["Crypto", "_CryptoExtras"],
        "Sandbox": [
            "Crypto", "HummingbirdCore", "HummingbirdTLS", "HTTPTypes", "Logging", "NIOCore", "NIOPosix", "NIOSSL",
            "ServiceLifecycle", "SwiftASN1", "X509",
        ],
        "usher": ["ArgumentParser", "UnixSignals"],
    ]

    static let system: Set<String> = [
        "Glibc", "Darwin", "Musl", "Synchronization", "FoundationEssentials", "Dispatch",
    ]

    static func swiftFiles(in module: String) -> [String] {
        let folder = root + "/Sources/" + module
        let names = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasSuffix(".swift") }.sorted().map { folder + "/" + $0 }
    }

    /// The modules that a file imports.
    static func imports(of path: String) throws -> [String] {
        let text = try String(contentsOfFile: path, encoding: .utf8)
        return text.split(separator: "\n").compactMap { line -> String? in
            let words = line.split(separator: " ")
            guard let at = words.firstIndex(of: "import"), at + 1 < words.count, !line.hasPrefix("//"),
                words[..<at].allSatisfy({ ["package", "internal", "@preconcurrency", "@testable"].contains($0) })
            else { return nil }
            return String(words[at + 1])
        }
    }
}
