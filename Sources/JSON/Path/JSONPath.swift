/// A JSONPath (RFC 9535), parsed and checked for types; two are equal when they are written alike.
package struct JSONPath: Sendable {
    package let text: String
    let query: PathQuery

    /// - Throws: `QueryError` with the place in the text. A pattern of `match` or `search` that is written in the path
    ///   and is not an RFC 9485 expression is such an error; one that comes from the data matches nothing (§2.4.6).
    package init(parsing text: String) throws(QueryError) {
        var parser = PathParser(text)
        query = try parser.parse()
        self.text = text
    }

    /// Names and indexes only, so that it selects one value at most (§2.3.5.1).
    package var isSingular: Bool { query.isSingular }

    /// What the path selects, in document order as far as RFC 9535 fixes one; a value selected twice is there twice.
    package func select(_ root: JSONNode) -> [JSONNode] {
        PathEvaluator(root).select(query, from: root)
    }

    /// The first value it selects; walks straight to it where the path is singular.
    package func first(_ root: JSONNode) -> JSONNode? {
        let evaluator = PathEvaluator(root)
        return query.isSingular ? evaluator.single(query, from: root) : evaluator.select(query, from: root).first
    }
}

extension JSONPath: Hashable, CustomStringConvertible {
    package static func == (a: JSONPath, b: JSONPath) -> Bool { a.text.utf8.elementsEqual(b.text.utf8) }

    package func hash(into hasher: inout Hasher) {
        for byte in text.utf8 { hasher.combine(byte) }
    }

    package var description: String { text }
}
