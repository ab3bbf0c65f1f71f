/// A number as it is written; compared by its decimal value, never through a double (1 = 1.0 = 10e-1).
package struct JSONNumber: Sendable, CustomStringConvertible {
    package let text: String

    /// For text the parser has accepted.
    init(valid text: String) { self.text = text }

    package init(_ value: Int) { text = String(value) }

    /// nil where the text is not a JSON number.
    package init?(_ text: String) {
        guard let document = try? JSONDocument.parse(text), document.root.kind == .number,
            document.root.range.count == text.utf8.count
        else { return nil }
        self.text = text
    }

    /// nil for infinities and NaN, which JSON cannot write.
    package init?(_ value: Double) {
        guard value.isFinite else { return nil }
        self.init("\(value)")
    }

    package var description: String { text }

    /// A whole number by its value: `1.0` and `1e2` are.
    package var isInteger: Bool {
        let decimal = Decimal(text)
        return decimal.digits.isEmpty || decimal.exponent >= 0
    }

    /// The value where it is whole and fits.
    package var int: Int? {
        if let value = Int(text) { return value }
        let decimal = Decimal(text)
        if decimal.digits.isEmpty { return 0 }
        guard decimal.exponent >= 0, decimal.exponent < 20 else { return nil }
        let digits = String(decoding: decimal.digits, as: UTF8.self) + String(repeating: "0", count: decimal.exponent)
        return Int((decimal.isNegative ? "-" : "") + digits)
    }

    package var double: Double? { Double(text) }
}

extension JSONNumber: Hashable, Comparable {
    package static func == (a: JSONNumber, b: JSONNumber) -> Bool {
        a.text == b.text || compare(a, b) == 0
    }

    package static func < (a: JSONNumber, b: JSONNumber) -> Bool { compare(a, b) < 0 }

    package func hash(into hasher: inout Hasher) {
        let decimal = Decimal(text)
        hasher.combine(decimal.digits)
        hasher.combine(decimal.isNegative)
        hasher.combine(decimal.exponent)
    }

    private static func compare(_ a: JSONNumber, _ b: JSONNumber) -> Int {
        if let left = Int(a.text), let right = Int(b.text) { return left < right ? -1 : left == right ? 0 : 1 }
        return Decimal.compare(Decimal(a.text), Decimal(b.text))
    }
}

/// sign · digits × 10^exponent, digits without zeros at either end; zero has no digits.
private struct Decimal {
    var isNegative = false
    var digits: [UInt8] = []
    /// Saturates at ±10^17: an exponent may be longer than any integer type.
    var exponent = 0

    init(_ text: String) {
        var fraction = 0
        var inFraction = false
        var rest = Substring(text).utf8[...]
        if rest.first == UInt8(ascii: "-") {
            isNegative = true
            rest = rest.dropFirst()
        }
        while let byte = rest.first, byte | 0x20 != UInt8(ascii: "e") {
            rest = rest.dropFirst()
            if byte == UInt8(ascii: ".") {
                inFraction = true
            } else {
                digits.append(byte)
                if inFraction { fraction += 1 }
            }
        }
        exponent = Self.saturating(rest.dropFirst()) - fraction
        normalise()
    }

    private mutating func normalise() {
        while digits.last == UInt8(ascii: "0") {
            digits.removeLast()
            exponent += 1
        }
        let zeros = digits.prefix { $0 == UInt8(ascii: "0") }.count
        digits.removeFirst(zeros)
        if digits.isEmpty {
            exponent = 0
            isNegative = false
        }
    }

    private static func saturating(_ text: Substring.UTF8View.SubSequence) -> Int {
        guard !text.isEmpty else { return 0 }
        let limit = 100_000_000_000_000_000
        let isNegative = text.first == UInt8(ascii: "-")
        var value = 0
        for byte in text where isDigit(byte) { value = min(limit, value * 10 + Int(byte - 0x30)) }
        return isNegative ? -value : value
    }

    static func compare(_ a: Decimal, _ b: Decimal) -> Int {
        if a.digits.isEmpty || b.digits.isEmpty { return a.sign - b.sign }
        if a.isNegative != b.isNegative { return a.isNegative ? -1 : 1 }
        let magnitude = compareMagnitudes(a, b)
        return a.isNegative ? -magnitude : magnitude
    }

    private var sign: Int { digits.isEmpty ? 0 : isNegative ? -1 : 1 }

    private static func compareMagnitudes(_ a: Decimal, _ b: Decimal) -> Int {
        let topA = a.exponent + a.digits.count
        let topB = b.exponent + b.digits.count
        if topA != topB { return topA < topB ? -1 : 1 }
        for index in 0..<max(a.digits.count, b.digits.count) {
            let left = index < a.digits.count ? a.digits[index] : UInt8(ascii: "0")
            let right = index < b.digits.count ? b.digits[index] : UInt8(ascii: "0")
            if left != right { return left < right ? -1 : 1 }
        }
        return 0
    }
}
