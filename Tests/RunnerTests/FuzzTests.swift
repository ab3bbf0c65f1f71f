import Diagnostics
import JSON
import Providers
import TestSupport
import Testing
import Workspace

@testable import Runner

/// Damaged files must end in diagnostics, never in a trap; a trap would end the test process.
@Suite("Damaged files")
struct FuzzTests {
    private static let repository = "\(#filePath)".replacing("/Tests/RunnerTests/FuzzTests.swift", with: "")

    private static func bytes(_ path: String) throws -> [UInt8] { try TemporaryFolder.read("\(repository)/\(path)") }

    /// Pieces that mean something to one of the readers.
    private static let pieces = [
        "{{", "}}", "'", "\"", "\\", "$", "[", "]", "{", "}", ",", ":", "null", "-1", "1e999", "{{uuid()}}", "$..*",
        "@.a", "..", "/", "//", "?", "*", "\u{0}", "\u{FFFD}", "é", "999999999999999999999", "GET ", "2xx", "any",
        "\"\"",
    ]

    private static func damaged(_ bytes: [UInt8], _ generator: inout SeededGenerator) -> [UInt8] {
        var result = bytes
        for _ in 0...Int.random(in: 0..<4, using: &generator) where !result.isEmpty {
            let at = Int.random(in: 0..<result.count, using: &generator)
            let end = min(result.count, at + Int.random(in: 0..<12, using: &generator))
            switch Int.random(in: 0..<4, using: &generator) {
            case 0: result.removeSubrange(at..<end)
            case 1: result[at] = UInt8.random(in: .min ... .max, using: &generator)
            case 2: result.insert(contentsOf: result[at..<end], at: Int.random(in: 0...result.count, using: &generator))
            default:
                let piece = pieces[Int.random(in: 0..<pieces.count, using: &generator)]
                result.replaceSubrange(at..<end, with: Array(piece.utf8))
            }
        }
        return result
    }

    @Test("collections and environments", arguments: ["clarify", "clazar", "scalar", "zara4", "zarv"])
    func collections(_ name: String) throws {
        var generator = SeededGenerator(seed: UInt64(name.utf8.reduce(0) { $0 &* 31 &+ UInt64($1) }))
        let collection = try Self.bytes("collections/\(name).json")
        let environment = try Self.bytes("environments/sandbox.json")
        var refused = 0
        for round in 0..<300 {
            var bag = DiagnosticBag()
            let isCollection = round % 3 != 0
            let files = [
                SourceFile(path: "c.json", bytes: isCollection ? Self.damaged(collection, &generator) : collection),
                SourceFile(path: "e.json", bytes: isCollection ? environment : Self.damaged(environment, &generator)),
            ]
            let read = CollectionReader.read(files[0], into: &bag).map { [$0] } ?? []
            let named = EnvironmentReader.read(files[1], into: &bag) { _, _, _ in nil }
            var catalog = ProviderCatalog(bag: &bag)
            let providers = UsedProviders(read, named, everyIdentity: true, catalog: &catalog, into: &bag)
            let planner = Planner(
                environment: named, providers: providers, selection: RunSelection(), givenNames: [], isCI: false,
                relativePath: { $0 })
            _ = planner.plan(read, into: &bag)
            for problem in bag.sorted { #expect(!DiagnosticRenderer().render(problem).isEmpty) }
            if bag.hasErrors { refused += 1 }
        }
        #expect(refused > 100, "most damage is seen: \(refused) of 300")
    }

    @Test("providers", arguments: BuiltInProviders.names)
    func providers(_ name: String) throws {
        var generator = SeededGenerator(seed: UInt64(name.utf8.reduce(7) { $0 &* 31 &+ UInt64($1) }))
        let source = try #require(BuiltInProviders.source(named: name))
        var refused = 0
        for _ in 0..<200 {
            var bag = DiagnosticBag()
            let file = SourceFile(path: "p.json", bytes: Self.damaged(source.bytes, &generator))
            let provider = ProviderReader.read(file: file, bag: &bag)
            for problem in bag.sorted { #expect(!DiagnosticRenderer().render(problem).isEmpty) }
            #expect(provider != nil || bag.hasErrors, "a file that is not taken says why")
            if bag.hasErrors { refused += 1 }
        }
        #expect(refused > 80, "most damage is seen: \(refused) of 200")
    }
}
