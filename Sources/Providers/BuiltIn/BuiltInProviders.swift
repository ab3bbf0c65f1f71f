import CResources
package import Diagnostics

/// The provider files that are part of the executable.
package enum BuiltInProviders {
    private static let folder = "providers/"
    private static let ending = ".json"

    /// Their ids, sorted.
    package static var names: [String] {
        (0..<cresources_count()).compactMap(name).sorted()
    }

    /// The text of one; parsed only when somebody asks for it, since every run pays for what happens at its start.
    package static func source(named name: String) -> SourceFile? {
        guard let index = (0..<cresources_count()).first(where: { self.name($0) == name }),
            let bytes = cresources_bytes(index)
        else { return nil }
        // The bytes are constants of the executable: they outlive this copy.
        let copy = Array(UnsafeBufferPointer(start: bytes, count: cresources_length(index)))
        return SourceFile(path: "built-in:\(name)\(ending)", bytes: copy)
    }

    private static func name(_ index: Int) -> String? {
        guard let path = cresources_name(index).map({ String(cString: $0) }), path.hasPrefix(folder),
            path.hasSuffix(ending)
        else { return nil }
        return String(path.dropFirst(folder.count).dropLast(ending.count))
    }
}
