#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A scratch file for what a report can only place once it is complete, such as cases below a head with their counts.
///
/// It is made when the first 64 KiB are full and has no name on disk from then on: it is gone with the process,
/// however that ends. Takes redacted bytes only.
package final class ReportSpool {
    private static let chunk = 1 << 16
    private let path: String
    private var descriptor: Int32 = -1
    private var buffer: [UInt8] = []
    /// Bytes appended so far.
    package private(set) var size = 0

    init(beside path: String) {
        self.path = path
    }

    /// Bytes held in memory.
    package var buffered: Int { buffer.count }

    package func appendRedacted(_ bytes: [UInt8]) throws(OutputError) {
        buffer += bytes
        size += bytes.count
        if buffer.count >= Self.chunk { try flush() }
    }

    /// Hands out a range of what was appended, in pieces of about 64 KiB that end at a line end where there is one.
    package func read(_ range: Range<Int>, _ use: ([UInt8]) throws(OutputError) -> Void) throws(OutputError) {
        if descriptor >= 0 { try flush() }
        var pending: [UInt8] = []
        var at = range.lowerBound
        while at < range.upperBound {
            let bytes = try piece(at, min(Self.chunk, range.upperBound - at))
            at += bytes.count
            pending += bytes
            guard let lineEnd = pending.lastIndex(of: UInt8(ascii: "\n")) else { continue }
            try use(Array(pending[...lineEnd]))
            pending.removeSubrange(...lineEnd)
        }
        if !pending.isEmpty { try use(pending) }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    private func piece(_ at: Int, _ count: Int) throws(OutputError) -> [UInt8] {
        guard descriptor >= 0 else { return Array(buffer[at..<at + count]) }
        var bytes = [UInt8](repeating: 0, count: count)
        let got = bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, count, off_t(at)) }
        guard got > 0 else { throw Descriptor.failure("cannot read back what was kept for \(path)") }
        return Array(bytes.prefix(got))
    }

    private func flush() throws(OutputError) {
        if descriptor < 0 { try create() }
        try Descriptor.write(buffer, to: descriptor, name: path)
        buffer.removeAll(keepingCapacity: true)
    }

    private func create() throws(OutputError) {
        let name = "\(path).\(getpid()).cases"
        descriptor = try Descriptor.create(name, 0o600, reads: true, for: "beside \(path)")
        unlink(name)
    }
}

extension OutputSeam {
    /// A scratch file in the folder of `path`, which must exist by the time 64 KiB have been appended.
    package func spool(beside path: String) -> ReportSpool {
        ReportSpool(beside: path)
    }

    /// A scratch file in the folder of a report's file (which must exist by the time 64 KiB have been appended), in that
    /// for temporary files where the report goes to a pipe or device.
    package func spool(beside file: ReportFile) -> ReportSpool {
        ReportSpool(beside: file.isStream ? Self.temporaryFolder + "/usher" : file.place)
    }

    private static var temporaryFolder: String {
        getenv("TMPDIR").flatMap { $0.pointee == 0 ? nil : String(cString: $0) } ?? "/tmp"
    }
}
