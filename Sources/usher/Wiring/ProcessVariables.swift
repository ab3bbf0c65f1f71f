#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The environment variables of the process.
enum ProcessVariables {
    static func isSet(_ name: String) -> Bool { value(name) != nil }

    /// nil where it is unset or empty.
    static func value(_ name: String) -> String? {
        guard let text = getenv(name), text.pointee != 0 else { return nil }
        return String(cString: text)
    }

    /// All of them.
    static var all: [String: String] {
        var result: [String: String] = [:]
        var next = environ
        while let entry = next.pointee {
            let text = String(cString: entry)
            if let equals = text.firstIndex(of: "=") {
                result[String(text[..<equals])] = String(text[text.index(after: equals)...])
            }
            next += 1
        }
        return result
    }
}
