/// A text, or what it reads when escapes in it are undone, with the place of every byte in the original.
struct TextView {
    let bytes: [UInt8]
    /// Where in the original the escape begins that a byte comes from; nil: the original itself.
    private let places: [Int32]?
    private let originalCount: Int

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        places = nil
        originalCount = bytes.count
    }

    /// The view with one kind of escapes undone; nil where it holds none.
    init?(_ view: TextView, undoing kind: EscapeKind) {
        let source = view.bytes
        guard var at = source.firstIndex(of: kind.trigger) else { return nil }
        var bytes = Array(source[..<at])
        var places = (0..<at).map { Int32(truncatingIfNeeded: view.start($0)) }
        var isChanged = false
        while at < source.count {
            let place = Int32(truncatingIfNeeded: view.start(at))
            if source[at] == kind.trigger, let escape = kind.escape(at: at, in: source) {
                let before = bytes.count
                Self.append(escape, to: &bytes)
                places += repeatElement(place, count: bytes.count - before)
                at += escape.length
                isChanged = true
            } else {
                bytes.append(source[at])
                places.append(place)
                at += 1
            }
        }
        guard isChanged else { return nil }
        self.bytes = bytes
        self.places = places
        originalCount = view.originalCount
    }

    /// The range in the original that a range of the view comes from, escapes whole.
    func original(_ range: Range<Int>) -> Range<Int> {
        guard let places, !range.isEmpty else { return range }
        let last = places[range.upperBound - 1]
        var end = range.upperBound
        while end < places.count, places[end] == last { end += 1 }
        return Int(places[range.lowerBound])..<(end < places.count ? Int(places[end]) : originalCount)
    }

    private func start(_ index: Int) -> Int {
        guard let places else { return index }
        return Int(places[index])
    }

    private static func append(_ escape: EscapeKind.Escape, to bytes: inout [UInt8]) {
        if escape.isByte {
            bytes.append(UInt8(truncatingIfNeeded: escape.scalar))
        } else {
            bytes += UTF8.encode(Unicode.Scalar(escape.scalar) ?? "\u{FFFD}").map(Array.init) ?? []
        }
    }
}
