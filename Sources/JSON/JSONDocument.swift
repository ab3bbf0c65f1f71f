/// A parsed JSON text: its bytes and the tape over them. Values are made only where somebody asks.
package final class JSONDocument: Sendable {
    package let bytes: [UInt8]
    let tape: [TapeNode]

    private init(bytes: [UInt8], tape: [TapeNode]) {
        self.bytes = bytes
        self.tape = tape
    }

    /// - Throws: `JSONError` with the place, where the text is not strict JSON in UTF-8 or nested deeper than 512 levels.
    package static func parse(_ bytes: [UInt8]) throws(JSONError) -> JSONDocument {
        let result = bytes.withUnsafeBufferPointer { buffer -> Result<[TapeNode], JSONError> in
            var parser = JSONParser(buffer)
            do throws(JSONError) {
                try parser.parse()
                return .success(parser.tape)
            } catch {
                return .failure(error)
            }
        }
        return JSONDocument(bytes: bytes, tape: try result.get())
    }

    package static func parse(_ text: String) throws(JSONError) -> JSONDocument {
        try parse(Array(text.utf8))
    }

    package var root: JSONNode { JSONNode(document: self, index: 0) }

    /// The tape index behind the value at `index`.
    @inline(__always)
    func next(after index: Int) -> Int {
        let node = tape[index]
        return (node.isContainer ? node.extent : index) + 1
    }
}
