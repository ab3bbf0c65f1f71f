/// Walks a text scalar by scalar, with a look at the neighbours.
struct RegexReader {
    private var scalars: Substring.UnicodeScalarView.Iterator
    private let ignoresCase: Bool
    /// The scalar before the place, `RegexMachine.none` at the start of the text; folded where case is ignored.
    private(set) var before: UInt32
    /// The scalar behind the place, `RegexMachine.none` at the end of the text; folded where case is ignored.
    private(set) var scalar = RegexMachine.none
    private var width = 0
    /// In bytes of UTF-8.
    private(set) var position: Int

    init(_ text: Substring, at offset: Int, behind before: Unicode.Scalar?, ignoresCase: Bool) {
        scalars = text.unicodeScalars.makeIterator()
        self.ignoresCase = ignoresCase
        self.before = before?.value ?? RegexMachine.none
        position = offset
        read()
    }

    @inline(__always)
    mutating func advance() {
        position += width
        before = scalar
        read()
    }

    /// Goes on to a scalar of the set, or to the end.
    mutating func skip(to set: RegexProgram.FirstSet) {
        while scalar != RegexMachine.none, !set.contains(scalar) { advance() }
    }

    @inline(__always)
    private mutating func read() {
        guard let next = scalars.next() else {
            (scalar, width) = (RegexMachine.none, 0)
            return
        }
        scalar = ignoresCase ? CaseFolding.fold(next.value) : next.value
        width = UTF8.width(next)
    }
}
