import CCurl
import Testing

@testable import CurlTransport

@Suite("The options we set")
struct OptionTableTests {
    private static let table: [(kind: String, ids: [Int32], types: Set<Int32>)] = [
        ("long", LongOption.allCases.map(\.id), [CCURL_TYPE_LONG, CCURL_TYPE_VALUES]),
        ("offset", OffsetOption.allCases.map(\.id), [CCURL_TYPE_OFFSET]),
        ("string", StringOption.allCases.map(\.id), [CCURL_TYPE_STRING]),
        ("list", ListOption.allCases.map(\.id), [CCURL_TYPE_LIST]),
        ("pointer", PointerOption.allCases.map(\.id), [CCURL_TYPE_OBJECT, CCURL_TYPE_CONTEXT]),
        ("blob", BlobOption.allCases.map(\.id), [CCURL_TYPE_BLOB]),
        ("function", FunctionOption.allCases.map(\.id), [CCURL_TYPE_FUNCTION]),
    ]

    @Test("Each is known to the loaded libcurl and goes through the setter of its type", arguments: 0..<table.count)
    func types(row: Int) {
        let (kind, ids, types) = Self.table[row]
        for id in ids {
            var name: UnsafePointer<CChar>?
            var type: Int32 = -1
            #expect(ccurl_option_describe(id, &name, &type), "\(kind) option \(id)")
            #expect(types.contains(type), "\(kind) option \(name.map { String(cString: $0) } ?? "")")
        }
    }

    @Test("None is listed twice")
    func unique() {
        let ids = Self.table.flatMap(\.ids)
        #expect(Set(ids).count == ids.count)
    }

    @Test("libcurl is at least 7.88.1")
    func version() throws {
        let parts = CurlTransport.libraryVersion.split(separator: ".").compactMap { Int($0.prefix { $0.isNumber }) }
        try #require(parts.count == 3)
        #expect((parts[0], parts[1], parts[2]) >= (7, 88, 1))
        #expect(CurlTransport.libraryDescription.contains("libcurl/"))
    }
}
