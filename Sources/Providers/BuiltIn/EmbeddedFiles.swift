import CResources
package import Diagnostics

/// The JSON files of one folder that are part of the executable; each is copied only when somebody asks for it, since
/// every run pays for what happens at its start.
package struct EmbeddedFiles: Sendable {
    private static let ending = ".json"
    fileprivate static let scheme = "built-in:"
    private let folder: String

    /// - Parameter folder: its name in CResources: `providers`.
    package init(folder: String) {
        self.folder = folder + "/"
    }

    /// Without their ending, sorted.
    package var names: [String] { indices.compactMap(name).sorted() }

    /// nil where there is no such file.
    package func source(named name: String) -> SourceFile? {
        guard let index = indices.first(where: { self.name($0) == name }), let bytes = cresources_bytes(index)
        else { return nil }
        // The bytes are constants of the executable: they outlive this copy.
        let copy = Array(UnsafeBufferPointer(start: bytes, count: cresources_length(index)))
        return SourceFile(path: "\(Self.scheme)\(name)\(Self.ending)", bytes: copy)
    }

    private var indices: Range<Int> { 0..<cresources_count() }

    private func name(_ index: Int) -> String? {
        guard let path = cresources_name(index).map({ String(cString: $0) }), path.hasPrefix(folder),
            path.hasSuffix(Self.ending)
        else { return nil }
        return String(path.dropFirst(folder.count).dropLast(Self.ending.count))
    }
}

extension Span {
    /// In a file that is part of the executable, which nobody can edit.
    package var isBuiltIn: Bool { file.path.hasPrefix(EmbeddedFiles.scheme) }
}
