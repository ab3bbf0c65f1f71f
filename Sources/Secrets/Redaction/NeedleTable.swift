/// The forms of all secrets, as hashes: 40 bytes for each whatever its length, and none of it is the secret.
///
/// One pass finds them: a window of six bytes rolls over the text, a bitmap sends nearly every position on its way, and
/// where a form may begin, its hash is compared with that of the text, which prefix sums give in constant time. So the
/// time is linear in the text whatever a server sends, and a new token costs its own length, not that of all forms.
struct NeedleTable: Sendable {
    /// Forms are at least as long as the window.
    static let window = 6

    enum Kind: UInt8, Sendable {
        case text
        /// Base64: a hit is widened to the run around it, whose edges hold bits of the secret too.
        case run
        /// A mask of ours: what stands in it is no secret.
        case mask
    }

    struct Match {
        var range: Range<Int>
        var label: Int
        var kind: Kind
    }

    private struct Needle {
        var hash: UInt64
        var power: UInt64
        var length: Int32
        var label: Int32
        var next: Int32 = -1
        var kind: Kind
    }

    private var needles: [Needle] = []
    /// The first needle of those that begin with these six bytes.
    private var heads: [UInt64: Int32] = [:]
    private var bitmap = [UInt64](repeating: 0, count: 1024)
    private(set) var labels: [String] = []
    private(set) var isEmpty = true
    /// The length of the longest form.
    private(set) var longest = 0
    var count: Int { needles.count }

    /// The number of a label, with its mask known as harmless.
    mutating func label(_ text: String) -> Int {
        if let known = labels.firstIndex(of: text) { return known }
        labels.append(text)
        insert(Array(Secret.mask(text).utf8), label: labels.count - 1, .mask)
        return labels.count - 1
    }

    /// Learns a form; the first label of equal ones stays. Shorter ones than the window are left out.
    mutating func insert(_ bytes: some Collection<UInt8>, label: Int, _ kind: Kind) {
        guard bytes.count >= Self.window else { return }
        if kind != .mask { isEmpty = false }
        longest = max(longest, bytes.count)
        let head = bytes.prefix(Self.window).reduce(0) { $0 << 8 | UInt64($1) }
        let needle = Needle(
            hash: RollingHash.of(bytes), power: RollingHash.power(bytes.count),
            length: Int32(clamping: bytes.count), label: Int32(clamping: label), kind: kind)
        let place = Int32(clamping: needles.count)
        guard var at = heads[head] else {
            heads[head] = place
            let bit = Self.bit(head)
            bitmap[bit >> 6] |= 1 << UInt64(bit & 63)
            needles.append(needle)
            return
        }
        while true {
            let known = needles[Int(at)]
            if known.hash == needle.hash, known.length == needle.length { return }
            if known.next < 0 { break }
            at = known.next
        }
        needles[Int(at)].next = place
        needles.append(needle)
    }

    /// By where they begin; of those that begin together, in the order they were learnt.
    func matches(in bytes: [UInt8]) -> [Match] {
        guard !isEmpty, bytes.count >= Self.window else { return [] }
        var found: [Match] = []
        var sums = PrefixHashes()
        var window: UInt64 = 0
        for at in bytes.indices {
            window = (window << 8 | UInt64(bytes[at])) & 0xFFFF_FFFF_FFFF
            let bit = Self.bit(window)
            guard bitmap[bit >> 6] >> UInt64(bit & 63) & 1 == 1, at >= Self.window - 1, let first = heads[window] else {
                continue
            }
            add(from: first, at + 1 - Self.window, bytes, &sums, to: &found)
        }
        return found
    }

    /// The first place at which a form may begin that the text ends before: its first six bytes stand there.
    func unfinished(in bytes: [UInt8]) -> Int? {
        guard !isEmpty, bytes.count >= Self.window else { return nil }
        let from = max(0, bytes.count - longest)
        var window: UInt64 = 0
        for at in from..<bytes.count {
            window = (window << 8 | UInt64(bytes[at])) & 0xFFFF_FFFF_FFFF
            let start = at + 1 - Self.window
            guard start >= from, var next = heads[window] else { continue }
            while next >= 0 {
                let needle = needles[Int(next)]
                if needle.kind != .mask, start + Int(needle.length) > bytes.count { return start }
                next = needle.next
            }
        }
        return nil
    }

    private func add(
        from first: Int32, _ start: Int, _ bytes: [UInt8], _ sums: inout PrefixHashes, to found: inout [Match]
    ) {
        var next = first
        while next >= 0 {
            let needle = needles[Int(next)]
            next = needle.next
            let end = start + Int(needle.length)
            guard end <= bytes.count, sums.hash(start..<end, of: bytes, power: needle.power) == needle.hash else {
                continue
            }
            found.append(Match(range: start..<end, label: Int(needle.label), kind: needle.kind))
        }
    }

    private static func bit(_ window: UInt64) -> Int {
        Int(truncatingIfNeeded: (window &* 0x9E37_79B9_7F4A_7C15) >> 48)
    }
}

/// Hashes of the beginnings of a text, taken as far as they are needed.
private struct PrefixHashes {
    private var sums: [UInt64] = [0]

    mutating func hash(_ range: Range<Int>, of bytes: [UInt8], power: UInt64) -> UInt64 {
        while sums.count <= range.upperBound {
            sums.append(RollingHash.extended(sums[sums.count - 1], by: bytes[sums.count - 1]))
        }
        return RollingHash.rest(of: sums[range.upperBound], after: sums[range.lowerBound], power: power)
    }
}
