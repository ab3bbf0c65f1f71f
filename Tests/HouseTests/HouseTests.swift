import FoundationEssentials
import Testing

@Suite("The house")
struct HouseTests {
    @Test("a module imports only what the table allows", arguments: ModuleTable.allowed.keys.sorted())
    func imports(_ module: String) throws {
        let files = ModuleTable.swiftFiles(in: module)
        #expect(!files.isEmpty)
        let allowed = (ModuleTable.allowed[module] ?? []).union(ModuleTable.packages[module] ?? [])
            .union(ModuleTable.system)
        for file in files {
            // Foundation itself may stand in for FoundationEssentials where that does not exist.
            let text = try String(contentsOfFile: file, encoding: .utf8)
            for name in try ModuleTable.imports(of: file) where !allowed.contains(name) {
                #expect(
                    name == "Foundation" && text.contains("canImport(FoundationEssentials)"),
                    "\(file) imports \(name), which \(module) may not")
            }
        }
    }

    @Test("every module of the table exists, and every module stands in the table")
    func complete() throws {
        let folders = try FileManager.default.contentsOfDirectory(atPath: ModuleTable.root + "/Sources")
        #expect(Set(folders) == Set(ModuleTable.allowed.keys).union(["CCurl", "CResources"]))
    }

    @Test("no source traps on purpose or unwraps by force where input can reach")
    func traps() throws {
        for module in ModuleTable.allowed.keys {
            for file in ModuleTable.swiftFiles(in: module) {
                let text = try String(contentsOfFile: file, encoding: .utf8)
                for word in ["try!", "fatalError(", "as!", "preconditionFailure(", "FoundationNetworking"] {
                    #expect(!text.contains(word), "\(file) holds \(word)")
                }
            }
        }
    }

    @Test("files stay below 400 lines")
    func sizes() throws {
        for module in ModuleTable.allowed.keys {
            for file in ModuleTable.swiftFiles(in: module) {
                let lines = try String(contentsOfFile: file, encoding: .utf8).split(
                    separator: "\n", omittingEmptySubsequences: false)
                #expect(lines.count <= 400, "\(file) has \(lines.count) lines")
            }
        }
    }
}
