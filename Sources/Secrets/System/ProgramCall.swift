#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A program to run: no shell reads it.
package struct ProgramCall: Sendable {
    /// A path, or a name that is looked for in `PATH`.
    package let program: String
    package let arguments: [String]
    /// All environment variables it gets.
    package let variables: [String: String]
    package let timeout: Duration

    package init(_ words: [String], variables: [String: String], timeout: Duration) {
        program = words.first ?? ""
        arguments = Array(words.dropFirst())
        self.variables = variables
        self.timeout = timeout
    }

    /// The file to run; nil where there is none that can be.
    var path: String? {
        if program.contains("/") { return access(program, X_OK) == 0 ? program : nil }
        let folders = (variables["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
        return folders.map { "\($0)/\(program)" }.first { access($0, X_OK) == 0 }
    }
}

/// How a program ended, and what it wrote.
package struct ProgramResult: Sendable {
    /// 128 + the signal where one ended it.
    package var status: Int32
    package var output: [UInt8]
    package var errors: [UInt8]

    package init(status: Int32, output: [UInt8] = [], errors: [UInt8] = []) {
        self.status = status
        self.output = output
        self.errors = errors
    }

    /// The status, and the first lines of what it said on standard error, on one. What is secret in it is masked by the
    /// seam, which knows lines but not parts of them: so a line is shown whole, or not at all.
    var reason: String {
        var shown: [String] = []
        var room = 300
        let lines = String(decoding: errors, as: UTF8.self).split(whereSeparator: \.isNewline).map(Self.readable)
        for line in lines where !line.isEmpty {
            guard line.count <= room else {
                shown.append("…")
                break
            }
            shown.append(line)
            room -= line.count
        }
        return "status \(status)" + (shown.isEmpty ? "" : ": \(shown.joined(separator: " "))")
    }

    private static func readable(_ line: Substring) -> String {
        var text = String.UnicodeScalarView()
        for scalar in line.unicodeScalars where scalar == "\t" || scalar.value >= 0x20 && !(0x7F..<0xA0 ~= scalar.value)
        {
            text.append(scalar == "\t" ? " " : scalar)
        }
        let start = String(text).drop { $0 == " " }
        return start.lastIndex { $0 != " " }.map { String(start[...$0]) } ?? ""
    }
}
