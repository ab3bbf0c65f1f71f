#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Asks on the terminal without showing what is typed.
struct TerminalPrompt: Sendable {
    /// The terminal itself, also where standard input and output are something else.
    var path = "/dev/tty"

    /// - Throws: `SecretError` with the reason: no terminal, interrupted.
    func ask(_ question: String) async throws(SecretError) -> String {
        try await BlockingWork.run { isCancelled -> Result<String, SecretError> in
            let terminal = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC)
            guard terminal >= 0, isatty(terminal) == 1 else {
                if terminal >= 0 { close(terminal) }
                return .failure(SecretError("there is no terminal to ask on"))
            }
            defer { close(terminal) }
            return Self.ask(question, terminal, isCancelled)
        }
    }

    /// Keys that raise signals are read as characters: a signal would end the process with the echo still off.
    private static func ask(
        _ question: String, _ terminal: Int32, _ isCancelled: @Sendable () -> Bool
    ) -> Result<String, SecretError> {
        var usual = termios()
        guard tcgetattr(terminal, &usual) == 0 else {
            return .failure(SecretError("the terminal cannot be set: \(String(cString: strerror(errno)))"))
        }
        var silent = usual
        silent.c_lflag &= ~tcflag_t(ECHO | ECHONL | ICANON | ISIG)
        guard tcsetattr(terminal, TCSAFLUSH, &silent) == 0 else {
            return .failure(SecretError("the terminal cannot be set: \(String(cString: strerror(errno)))"))
        }
        // The question comes from a file: nothing in it may steer the terminal.
        let shown = String(String.UnicodeScalarView(question.unicodeScalars.filter { !isControl($0) }))
        let signals = HeldSignals([SIGTERM, SIGHUP])
        try? Descriptor.write(Array("\(shown): ".utf8), to: terminal, name: "the terminal")
        let (line, key) = line(from: terminal) { isCancelled() || signals.first != nil }
        try? Descriptor.write([0x0A], to: terminal, name: "the terminal")
        tcsetattr(terminal, TCSAFLUSH, &usual)
        let signal = key ?? signals.first
        signals.release()
        // To the process, not to this thread: whoever traps the signal waits elsewhere.
        if let signal { kill(getpid(), signal) }
        return line.map { .success($0) } ?? .failure(SecretError("interrupted"))
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 || 0x7F..<0xA0 ~= scalar.value || 0x200E...0x202E ~= scalar.value
            || 0x2066...0x2069 ~= scalar.value
    }

    /// The line typed; nil where it was broken off, with the signal that the key stands for.
    private static func line(from terminal: Int32, _ isCancelled: () -> Bool) -> (String?, signal: Int32?) {
        var line = ""
        var pending: [UInt8] = []
        while !isCancelled() {
            guard let chunk = DescriptorReader.chunk(terminal, milliseconds: 100) else { continue }
            guard let chunk, !chunk.isEmpty else { return (nil, nil) }
            for byte in chunk {
                switch byte {
                case 0x0A, 0x0D: return (line + String(decoding: pending, as: UTF8.self), nil)
                case 0x03: return (nil, SIGINT)
                case 0x1C: return (nil, SIGQUIT)
                case 0x04 where line.isEmpty && pending.isEmpty: return (nil, nil)
                case 0x04: return (line + String(decoding: pending, as: UTF8.self), nil)
                case 0x08, 0x7F: if !line.isEmpty { line.removeLast() }
                case 0x15: line = ""
                default:
                    pending.append(byte)
                    if let text = String(validating: pending, as: UTF8.self) {
                        line += text
                        pending = []
                    }
                }
            }
        }
        return (nil, nil)
    }
}
