#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// What this machine tells about its processes; empty where there is no /proc.
package enum ProcessTable {
    /// The arguments of every process that this one has started, and of those that these have started, a line each.
    package static func arguments() -> [UInt8] {
        let parents = Dictionary(identifiers().map { ($0, parent(of: $0)) }) { first, _ in first }
        var found: Set<Int32> = [getpid()]
        var count = 0
        while count < found.count {
            count = found.count
            for (id, parent) in parents { if let parent, found.contains(parent) { found.insert(id) } }
        }
        return found.subtracting([getpid()]).flatMap { read($0, "cmdline") + [0x0A] }
    }

    /// The processes that this one has started and that still run.
    package static func children(of process: Int32) -> [Int32] {
        identifiers().filter { parent(of: $0) == process }
    }

    private static func parent(of process: Int32) -> Int32? {
        // Behind the name, which may hold anything: state, parent.
        let text = String(decoding: read(process, "stat"), as: UTF8.self)
        let fields = text.split(separator: ")").last?.split(separator: " ") ?? []
        return fields.count > 1 ? Int32(fields[1]) : nil
    }

    /// `cmdline` or `environ`: texts with a NUL behind each; empty where the process has ended.
    package static func read(_ process: Int32, _ name: String) -> [UInt8] {
        (try? TemporaryFolder.read("/proc/\(process)/\(name)")) ?? []
    }

    private static func identifiers() -> [Int32] {
        guard let folder = opendir("/proc") else { return [] }
        defer { closedir(folder) }
        var identifiers: [Int32] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if let id = Int32(name) { identifiers.append(id) }
        }
        return identifiers
    }
}
