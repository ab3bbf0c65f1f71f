package import Diagnostics
import JSON
package import Providers
import Secrets

/// A project's folder: the nearest one upwards with `usher.json`, else the working folder.
package struct Project: Sendable {
    /// Absolute.
    package let root: String
    /// The path from the working folder to the root, in front of every path shown; empty where they are the same.
    private let prefix: String

    package init(workingFolder: String) {
        var folder = workingFolder
        var up = ""
        while true {
            if Files.kind(folder + "/usher.json") == .file {
                root = folder
                prefix = up
                return
            }
            guard let slash = folder.lastIndex(of: "/"), folder != "/" else { break }
            folder = slash == folder.startIndex ? "/" : String(folder[..<slash])
            up += "../"
        }
        root = workingFolder
        prefix = ""
    }

    /// A path below the root as it is opened and shown: relative to the working folder.
    package func path(_ relative: String) -> String { prefix + relative }

    /// A path relative to the root, for reports that must not depend on where Usher was started.
    package func relativeToRoot(_ path: String) -> String {
        let absolute = Files.realPath(path) ?? path
        let base = (Files.realPath(root) ?? root) + "/"
        if absolute.hasPrefix(base) { return String(absolute.dropFirst(base.count)) }
        return path.hasPrefix("./") ? String(path.dropFirst(2)) : path
    }

    /// Reads a file, or reports why it cannot.
    package func load(_ path: String, at span: Span? = nil, into bag: inout DiagnosticBag) -> SourceFile? {
        switch Files.read(path) {
        case .success(let bytes): return SourceFile(path: path, bytes: bytes)
        case .failure(let error):
            bag.error("cannot-read", "\(error)", at: span)
            return nil
        }
    }

    /// The JSON files named by paths on the command line; a folder gives all below it, sorted.
    package func files(_ paths: [String], into bag: inout DiagnosticBag) -> [String] {
        var result: [String] = []
        for path in paths {
            switch Files.kind(path) {
            case .file?: result.append(path)
            case .folder?:
                let found = Self.jsonFiles(below: path)
                if found.isEmpty { bag.error("no-files", "there is no .json file below \(path)", at: nil) }
                result += found
            case nil:
                bag.error(
                    "cannot-read", "there is no file or folder '\(path)'", at: nil,
                    help: path == self.path("collections")
                        ? "name the collections to run, or start in a project's folder" : nil)
            }
        }
        var seen: Set<String> = []
        return result.filter { seen.insert(Files.realPath($0) ?? $0).inserted }
    }

    private static func jsonFiles(below folder: String) -> [String] {
        var visited: Set<String> = []
        return jsonFiles(below: folder, &visited)
    }

    /// A folder is looked into once: a link may lead back to one above it.
    private static func jsonFiles(below folder: String, _ visited: inout Set<String>) -> [String] {
        guard visited.insert(Files.realPath(folder) ?? folder).inserted else { return [] }
        let base = folder.hasSuffix("/") ? String(folder.dropLast()) : folder
        var files: [String] = []
        for name in Files.list(base) where !name.hasPrefix(".") {
            let path = base + "/" + name
            switch Files.kind(path) {
            case .folder?: files += jsonFiles(below: path, &visited)
            case .file? where name.hasSuffix(".json"): files.append(path)
            case .file?, nil: break
            }
        }
        return files
    }

    /// The providers of the project (`providers/*.json`) and the built-in ones.
    package func providers(into bag: inout DiagnosticBag) -> ProviderCatalog {
        let files = Self.jsonFiles(below: path("providers")).compactMap { load($0, into: &bag) }
        return ProviderCatalog(files: files, bag: &bag)
    }
}
