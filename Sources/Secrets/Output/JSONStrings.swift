/// Finds the texts in JSON that are values, and hides the rest: a secret may be `sandbox`, which is a member's name too.
struct JSONStrings {
    private var isInside = false
    private var isEscaped = false
    /// A whole text whose next byte tells whether it is a name.
    private var finished: [UInt8]?
    private var current: [UInt8] = []

    /// - Parameter bytes: a piece of compact JSON; texts may go on in the next one.
    /// - Returns: bytes of values as they are, a NUL for each of the others.
    mutating func values(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        for byte in bytes { add(byte, &out) }
        return out
    }

    /// What was still waiting for the byte after it.
    mutating func finish() -> [UInt8] {
        defer { (finished, current) = (nil, []) }
        return (finished ?? []) + current
    }

    private mutating func add(_ byte: UInt8, _ out: inout [UInt8]) {
        if isInside { return inside(byte) }
        if let text = finished {
            out += byte == UInt8(ascii: ":") ? [UInt8](repeating: 0, count: text.count) : text
            finished = nil
        }
        isInside = byte == UInt8(ascii: "\"")
        // Numbers, too, are values: a secret of digits.
        out.append(Self.isNumber(byte) ? byte : 0)
    }

    private mutating func inside(_ byte: UInt8) {
        if byte == UInt8(ascii: "\""), !isEscaped {
            (finished, current, isInside) = (current, [], false)
            return
        }
        isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
        current.append(byte)
    }

    private static func isNumber(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || [0x2B, 0x2D, 0x2E, 0x45, 0x65].contains(byte)
    }
}
