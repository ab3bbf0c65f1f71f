#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A file written beside its place and renamed when it is closed, so that no reader ever sees half of it. A pipe or
/// device that is there already is written to as it is; a link's target is written, the link stays.
///
/// It is redacted as it is written, wherever the borders between its parts fall, and read once more before it is put in
/// its place: by then secrets may be known that were not when a part was written.
package final class ReportFile {
    package let path: String
    /// nil where it is written in place.
    private let temporary: String?
    /// Behind all links.
    let place: String
    private let redactor: Redactor
    private let language: ReportLanguage
    private var stream: RedactionStream
    private var descriptor: Int32
    private var buffer: [UInt8] = []

    /// Creates the folders above `path` where they are missing.
    init(
        path: String, language: ReportLanguage, redactor: Redactor, followsLinks: Bool = true
    ) throws(OutputError) {
        self.path = path
        self.redactor = redactor
        self.language = language
        stream = RedactionStream(redactor)
        switch try ReportPlace.of(path, followsLinks: followsLinks) {
        case .stream(let open): (temporary, self.place, descriptor) = (nil, path, open)
        case .file(let place):
            self.place = place
            let part = "\(place).\(getpid()).part"
            temporary = part
            try Self.makeFolder(of: place)
            descriptor = try Descriptor.create(part, 0o644, reads: true, for: path)
            UnfinishedFiles.add(part)
        }
    }

    /// Whether its bytes reach a reader before it is closed.
    package var isStream: Bool { temporary == nil }

    package func write(_ text: String) throws(OutputError) {
        try add(stream.feed(text.utf8))
    }

    /// Bytes that were redacted before, such as those of another `ReportFile`.
    package func writeRedacted(_ bytes: [UInt8]) throws(OutputError) {
        try add(stream.finish())
        try add(bytes)
    }

    /// Puts the finished file in its place.
    ///
    /// - Throws: `OutputError`, or `ReportWithheld` where a secret stands in the file; nothing is put in place then.
    package func close() throws {
        try add(stream.finish())
        try flush()
        // What a pipe or device has taken cannot be taken back; it was redacted as it went.
        if !isStream, let label = try ReportGate(redactor, language).label(in: descriptor, path) {
            discard()
            throw ReportWithheld(label: label)
        }
        let failed = systemClose(descriptor) != 0
        descriptor = -1
        defer { if let temporary { UnfinishedFiles.forget(temporary) } }
        guard !failed, temporary.map({ rename($0, place) == 0 }) ?? true else {
            let error = Descriptor.failure("cannot write \(path)")
            if let temporary { unlink(temporary) }
            throw error
        }
    }

    /// Removes what was written.
    package func discard() {
        guard descriptor >= 0 else { return }
        _ = systemClose(descriptor)
        descriptor = -1
        guard let temporary else { return }
        unlink(temporary)
        UnfinishedFiles.forget(temporary)
    }

    deinit { discard() }

    private func add(_ bytes: [UInt8]) throws(OutputError) {
        buffer += bytes
        if buffer.count > 1 << 16 { try flush() }
    }

    private func flush() throws(OutputError) {
        try Descriptor.write(buffer, to: descriptor, name: path)
        buffer.removeAll(keepingCapacity: true)
    }

    private static func makeFolder(of path: String) throws(OutputError) {
        guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return }
        let folder = String(path[..<slash])
        if mkdir(folder, 0o755) == 0 || errno == EEXIST { return }
        guard errno == ENOENT else { throw Descriptor.failure("cannot make the folder \(folder)") }
        try makeFolder(of: folder)
        guard mkdir(folder, 0o755) == 0 || errno == EEXIST else {
            throw Descriptor.failure("cannot make the folder \(folder)")
        }
    }
}

private func systemClose(_ descriptor: Int32) -> Int32 {
    #if canImport(Glibc)
        Glibc.close(descriptor)
    #else
        Darwin.close(descriptor)
    #endif
}
