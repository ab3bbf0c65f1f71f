/// One entry of the tape, 8 bytes: kind (4 bits), offset of its first byte (32 bits), and 28 bits that hold the length in
/// bytes of a scalar, or for a container the tape index of its `end` entry.
///
/// A dense array of digits costs 4 times its text; a tree of enums would cost 30 times.
struct TapeNode {
    enum Kind: UInt64 {
        case null, yes, no, integer, decimal, string, escapedString, array, object, end
    }

    static let maxOffset = Int(UInt32.max)
    static let maxExtent = 1 << 28 - 1

    private(set) var bits: UInt64

    @inline(__always)
    init(_ kind: Kind, at offset: Int, extent: Int) {
        bits = kind.rawValue | UInt64(truncatingIfNeeded: offset) << 4 | UInt64(truncatingIfNeeded: extent) << 36
    }

    @inline(__always)
    var kind: Kind { Kind(rawValue: bits & 0xF) ?? .null }

    @inline(__always)
    var offset: Int { Int(truncatingIfNeeded: bits >> 4 & 0xFFFF_FFFF) }

    @inline(__always)
    var extent: Int { Int(truncatingIfNeeded: bits >> 36) }

    @inline(__always)
    var isContainer: Bool { kind == .array || kind == .object }

    mutating func close(endIndex: Int) {
        bits = bits & 0xF_FFFF_FFFF | UInt64(truncatingIfNeeded: endIndex) << 36
    }
}
