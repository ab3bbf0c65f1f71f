import JSON
import Testing

struct JSONPathTests {
    static let shop = #"""
        {"items": [
            {"id": 1, "sku": "A-1", "price": 9.50, "tags": ["new", "red"]},
            {"id": 2, "sku": "B-2", "price": 1e1, "tags": []},
            {"id": 3, "sku": "é", "price": 12, "note": null}
        ], "limit": 10.0, "pattern": "[AB]-.", "bad": "(", "e\u0301": 1, "é": 2}
        """#

    private func select(_ path: String, _ text: String = shop) throws -> [String] {
        let root = try JSONDocument.parse(text).root
        return try JSONPath(parsing: path).select(root).map { try #require(JSONPath.normalized($0, from: root)) }
    }

    @Test(
        "paths select the values at these places",
        arguments: [
            ("$", ["$"]),
            ("$.items[0].sku", ["$['items'][0]['sku']"]),
            ("$.items[-1].id", ["$['items'][2]['id']"]),
            ("$.items[3]", []),
            ("$.items[-4]", []),
            ("$.items[::-2].id", ["$['items'][2]['id']", "$['items'][0]['id']"]),
            ("$.items[0,0].id", ["$['items'][0]['id']", "$['items'][0]['id']"]),
            ("$..id", ["$['items'][0]['id']", "$['items'][1]['id']", "$['items'][2]['id']"]),
            ("$..tags[0]", ["$['items'][0]['tags'][0]"]),
            ("$..[?@ == 'red']", ["$['items'][0]['tags'][1]"]),
            ("$.items[?@.price >= $.limit].id", ["$['items'][1]['id']", "$['items'][2]['id']"]),
            ("$.items[?@.price == 10].id", ["$['items'][1]['id']"]),
            ("$.items[?@.note].id", ["$['items'][2]['id']"]),
            ("$.items[?@.note == null].id", ["$['items'][2]['id']"]),
            ("$.items[?!@.note].id", ["$['items'][0]['id']", "$['items'][1]['id']"]),
            ("$.items[?@.a == @.b].id", ["$['items'][0]['id']", "$['items'][1]['id']", "$['items'][2]['id']"]),
            ("$.items[?length(@.sku) == 1].id", ["$['items'][2]['id']"]),
            ("$.items[?length(@.tags) > 0].id", ["$['items'][0]['id']"]),
            ("$.items[?count(@.tags[*]) == 2].id", ["$['items'][0]['id']"]),
            ("$.items[?value(@..tags[1]) == 'red'].id", ["$['items'][0]['id']"]),
            ("$.items[?match(@.sku, $.pattern)].id", ["$['items'][0]['id']", "$['items'][1]['id']"]),
            ("$.items[?match(@.sku, $.bad) || search(@.sku, 'B')].id", ["$['items'][1]['id']"]),
            ("$.items[?!match(@.sku, $.bad) && @.id < 2].id", ["$['items'][0]['id']"]),
            (
                "$.items[?@.id > 1 && (@.sku == 'B-2' || !(@.price < 12))].id",
                ["$['items'][1]['id']", "$['items'][2]['id']"]
            ),
            ("$.items[?@.sku < 'B'].id", ["$['items'][0]['id']"]),
            (#"$["\u00e9"]"#, ["$['é']"]),
            ("$.é", ["$['é']"]),
            (#"$['e\u0301']"#, ["$['e\u{301}']"]),
            ("$ .items [ 0 , 1 ] .id", ["$['items'][0]['id']", "$['items'][1]['id']"]),
        ]
    )
    func places(path: String, places: [String]) throws {
        let found = try select(path)
        #expect(found.map { Array($0.unicodeScalars) } == places.map { Array($0.unicodeScalars) })
    }

    @Test(
        "texts are equal scalar by scalar, objects without order, arrays in order",
        arguments: [
            (#"[{"a": "é", "b": "e\u0301"}]"#, false), (#"[{"a": "\u00e9", "b": "é"}]"#, true),
            (#"[{"a": {"x": 1, "y": [2.0]}, "b": {"y": [2], "x": 1e0}}]"#, true),
            (#"[{"a": [1, 2], "b": [2, 1]}]"#, false),
            (#"[{"a": {"x": 1}, "b": {"x": 1, "y": 1}}]"#, false), (#"[{"a": {"é": 1}, "b": {"e\u0301": 1}}]"#, false),
            (#"[{"a": 10000000000000000000001, "b": 10000000000000000000002}]"#, false),
            (#"[{"a": 0.1e1, "b": 1}]"#, true),
            (#"[{"a": 1, "b": "1"}]"#, false), (#"[{"a": false, "b": null}]"#, false),
        ]
    )
    func equality(text: String, holds: Bool) throws {
        #expect(try select("$[?@.a == @.b]", text).isEmpty != holds)
    }

    @Test(
        "names and indexes only make a path singular",
        arguments: [
            ("$", true), ("$.a['b'][-1]", true), ("$.a[0,1]", false), ("$..a", false), ("$.*", false),
            ("$[0:1]", false), ("$[?@.a]", false),
        ]
    )
    func singular(path: String, isSingular: Bool) throws {
        #expect(try JSONPath(parsing: path).isSingular == isSingular)
    }

    @Test("the first value of a path that selects several is the first of all")
    func first() throws {
        let root = try JSONDocument.parse(Self.shop).root
        #expect(try JSONPath(parsing: "$.items[1:].sku").first(root)?.string == "B-2")
        #expect(try JSONPath(parsing: "$.items[1].sku").first(root)?.string == "B-2")
        #expect(try JSONPath(parsing: "$.items[9].sku").first(root) == nil)
        #expect(try JSONPath(parsing: "$.nothing[*]").first(root) == nil)
    }

    @Test("normalized paths escape names and know foreign values")
    func normalized() throws {
        let root = try JSONDocument.parse(#"{"a'b\\c\n\u0001\b\f\r\t\"é": [{"": 1}]}"#).root
        let all = try JSONPath(parsing: "$..*").select(root)
        let name = #"$['a\'b\\c\n\u0001\b\f\r\t"é']"#
        #expect(all.map { JSONPath.normalized($0, from: root) } == [name, name + "[0]", name + "[0]['']"])
        #expect(try JSONPath.normalized(JSONDocument.parse("1").root, from: root) == nil)
        #expect(JSONPath.normalized(root, from: all[0]) == nil)
        #expect(JSONPath.normalized(all[2], from: all[0]) == "$[0]['']")
    }

    @Test("data may be nested as deep as the parser allows")
    func deepData() throws {
        let deep = String(repeating: "[", count: 500) + "1" + String(repeating: "]", count: 500)
        let root = try JSONDocument.parse("[\(deep), \(deep)]").root
        #expect(try JSONPath(parsing: "$..[?@ == 1]").select(root).count == 2)
        #expect(try JSONPath(parsing: "$[?@ == $[1]]").select(root).count == 2)
        #expect(try JSONPath(parsing: "$..*").select(root).count == 1002)
    }

    @Test("a path may be long, but not nested deep")
    func deepPaths() throws {
        let root = try JSONDocument.parse("1").root
        let long = try JSONPath(parsing: "$" + String(repeating: ".a", count: 5000))
        #expect(long.isSingular && long.first(root) == nil)
        let wide = "$[?" + String(repeating: "@.a==1||", count: 2000) + "@.b]"
        #expect(try JSONPath(parsing: wide).select(root).isEmpty)
        for (open, close) in [("(", ")"), ("@[?", "]"), ("length(", ")"), ("!(", ")")] {
            let path = "$[?" + String(repeating: open, count: 5000) + "@" + String(repeating: close, count: 5000) + "]"
            let error = #expect(throws: QueryError.self) { try JSONPath(parsing: path) }
            #expect(error?.reason == "the path is nested deeper than 50 levels")
        }
        let allowed = "$[?" + String(repeating: "(", count: 40) + "@.a" + String(repeating: ")", count: 40) + "]"
        #expect(try JSONPath(parsing: allowed).select(root).isEmpty)
    }

    @Test("no path and no cut or changed path traps")
    func noise() throws {
        let root = try JSONDocument.parse(Self.shop).root
        let marks = Array("$@.*[]()?!&|=<>'\"\\,:-0129aeu \n").map { String($0) } + ["", "length(", "é", "&&", "=="]
        var accepted = 0
        for test in JSONPathComplianceTests.cases {
            let scalars = Array(test.selector.unicodeScalars)
            for (place, mark) in zip(
                0...scalars.count, (0...scalars.count).map { marks[($0 * 7 + scalars.count) % marks.count] })
            {
                var changed = String.UnicodeScalarView()
                changed.append(contentsOf: scalars[..<place])
                changed.append(contentsOf: mark.unicodeScalars)
                changed.append(contentsOf: scalars[min(scalars.count, place + 1)...])
                for text in [String(changed), String(String.UnicodeScalarView(scalars[..<place]))] {
                    do throws(QueryError) {
                        _ = try JSONPath(parsing: text).select(root)
                        accepted += 1
                    } catch {
                        #expect(error.range.upperBound <= text.utf8.count, "\(text)")
                    }
                }
            }
        }
        #expect(accepted > 500)
    }
}
