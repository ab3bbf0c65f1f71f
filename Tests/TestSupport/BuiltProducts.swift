#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The programs that were built together with the tests.
package enum BuiltProducts {
    /// The path of an executable target's program; it stands beside the test bundle.
    package static func path(_ name: String) throws -> String {
        var folder = CommandLine.arguments.first ?? ""
        #if os(Linux)
            var buffer = [CChar](repeating: 0, count: 4097)
            let count = readlink("/proc/self/exe", &buffer, 4096)
            if count > 0 { folder = String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self) }
        #endif
        while let slash = folder.lastIndex(of: "/") {
            folder = String(folder[..<slash])
            let candidate = folder + "/" + name
            if access(candidate, X_OK) == 0 { return candidate }
        }
        throw NeverHappened(description: "the program '\(name)' is not built; run `swift build --build-tests`")
    }
}
