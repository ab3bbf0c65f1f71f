import JSON
import TestSupport
import Testing

@Suite("JSON numbers")
struct NumberTests {
    private static func number(_ text: String) -> JSONNumber { JSONNumber(text) ?? JSONNumber(-77) }

    private static func hash(_ number: JSONNumber) -> Int {
        var hasher = Hasher()
        hasher.combine(number)
        return hasher.finalize()
    }

    @Test(
        "Numbers of the same value are equal, however they are written",
        arguments: [
            ("1", "1.0"), ("1", "10e-1"), ("1", "0.1e1"), ("100", "1e2"), ("100", "1E+2"), ("0", "-0"), ("0", "0.000"),
            ("0", "0e999999999999999999999999"), ("-0.0", "0e-5"), ("1.50", "1.5"), ("-1e3", "-1000"),
            ("12345678901234567890123", "12345678901234567890123.000"), ("1e400", "10e399"), ("1e-400", "0.1e-399"),
            ("9223372036854775808", "9223372036854775808.0"), ("0.00001", "1e-5"), ("1e0", "1"), ("120", "1.2e2"),
            ("1e50000000000000001", "10e50000000000000000"),
        ])
    func equal(a: String, b: String) {
        #expect(Self.number(a) == Self.number(b))
        #expect(Self.hash(Self.number(a)) == Self.hash(Self.number(b)))
        #expect(!(Self.number(a) < Self.number(b)) && !(Self.number(b) < Self.number(a)))
    }

    @Test(
        "The smaller one is smaller, with no double in between",
        arguments: [
            ("1", "2"), ("-2", "-1"), ("-1", "0"), ("0", "1e-999999"), ("-1e-999999", "0"), ("9", "10"), ("0.9", "1"),
            ("10000000000000000999", "10000000000000001000"), ("9007199254740992", "9007199254740993"),
            ("9223372036854775807", "9223372036854775808"), ("-9223372036854775809", "-9223372036854775808"),
            ("0.1", "0.10000000000000000000000000000000000001"), ("1e400", "2e400"), ("9e399", "1e400"),
            ("-1e400", "-9e399"), ("1e-400", "1e-399"), ("1e99", "1e100"), ("99e98", "1e100"),
            ("1e9999999999999999", "1e99999999999999999"), ("1e5", "1e99999999999999999999999999999999"),
            ("1e-99999999999999999999999999999999", "1e-5"), ("-1e99999999999999999999", "1e-99999999999999999999"),
            ("1e99999999999999999999", "2e99999999999999999999"),
        ])
    func smaller(a: String, b: String) {
        #expect(Self.number(a) < Self.number(b))
        #expect(!(Self.number(b) < Self.number(a)))
        #expect(Self.number(a) != Self.number(b))
    }

    @Test(
        "Order is antisymmetric and transitive, and equal numbers have equal hashes", arguments: [1, 2, 3] as [UInt64])
    func order(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let numbers = (0..<40).map { _ in Self.number(text(&generator)) }
        for a in numbers {
            for b in numbers {
                let less = a < b, more = b < a, same = a == b
                if [less, more, same].count(where: { $0 }) != 1 {
                    Issue.record("\(a) and \(b): \(less) \(more) \(same)")
                }
                if same && Self.hash(a) != Self.hash(b) { Issue.record("\(a) and \(b) differ in hash") }
                guard less else { continue }
                for c in numbers where b < c && !(a < c) { Issue.record("\(a) < \(b) < \(c)") }
            }
        }
    }

    @Test("Small numbers compare as integers do", arguments: [4, 5] as [UInt64])
    func oracle(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<3000 {
            // m × 10^e with e from 0 to 6, all within 64 bits, written in several ways.
            let (a, b) = (scaled(&generator), scaled(&generator))
            if (a.number < b.number) != (a.value < b.value) || (a.number == b.number) != (a.value == b.value) {
                Issue.record("\(a.number) \(b.number)")
            }
            if a.number.int != a.value { Issue.record("\(a.number).int is \(String(describing: a.number.int))") }
        }
    }

    private func scaled(_ generator: inout SeededGenerator) -> (number: JSONNumber, value: Int) {
        let mantissa = generator.number(-1200...1200)
        let exponent = generator.number(0...6)
        let value = (0..<exponent).reduce(mantissa) { value, _ in value * 10 }
        let zeros = generator.number(0...3)
        let text =
            switch generator.number(0...2) {
            case 0: "\(mantissa)e\(exponent)"
            case 1: "\(value)" + (zeros > 0 ? "." + String(repeating: "0", count: zeros) : "")
            default:
                "\(mantissa == 0 ? 0 : mantissa)"
                    + (mantissa == 0 ? "" : String(repeating: "0", count: zeros) + "E\(exponent - zeros)")
            }
        return (Self.number(text), value)
    }

    private func text(_ generator: inout SeededGenerator) -> String {
        let digits = ["0", "1", "10", "100", "9", "99", "12", "5", "123456789012345678901"]
        let exponents = [
            "", "", "e0", "e1", "e2", "E-1", "e-2", "e+3", "e18", "e19", "e-400", "e400", "e99999999999999999",
            "e100000000000000000", "e999999999999999999999", "e-999999999999999999999", "e9223372036854775807",
            "e-9223372036854775808",
        ]
        let fraction =
            generator.chance(3) ? ["." + "0", ".5", ".05", ".50"].randomElement(using: &generator) ?? "" : ""
        return (generator.chance(3) ? "-" : "") + (generator.pick(digits) ?? "0") + fraction
            + (generator.pick(exponents) ?? "")
    }

    @Test(
        "Whole numbers are told by their value",
        arguments: [
            ("1", true, 1), ("1.0", true, 1), ("1e2", true, 100), ("10e-1", true, 1), ("-0", true, 0), ("0.0", true, 0),
            ("1.5", false, nil), ("1e-1", false, nil), ("9223372036854775807", true, .max),
            ("-9223372036854775808", true, .min), ("9223372036854775808", true, nil),
            ("9223372036854775807.0", true, .max), ("1e18", true, 1_000_000_000_000_000_000), ("1e19", true, nil),
            ("1e999999999999999999999", true, nil), ("1e-999999999999999999999", false, nil),
        ] as [(String, Bool, Int?)])
    func whole(text: String, isInteger: Bool, int: Int?) {
        #expect(Self.number(text).isInteger == isInteger)
        #expect(Self.number(text).int == int)
    }

    @Test(
        "Only JSON numbers are numbers",
        arguments: ["", " 1", "1 ", "+1", ".5", "1.", "01", "0x1", "NaN", "\"1\"", "1,2", "١"])
    func noNumbers(text: String) {
        #expect(JSONNumber(text) == nil)
    }

    @Test("Doubles become JSON numbers, as far as there are any")
    func doubles() {
        #expect(JSONNumber(1.5)?.text == "1.5")
        #expect(JSONNumber(1e-7) == JSONNumber("0.0000001"))
        #expect(JSONNumber(1e300) == JSONNumber("1e300"))
        #expect(JSONNumber(Double.infinity) == nil)
        #expect(JSONNumber(Double.nan) == nil)
        #expect(JSONNumber("2.5e-3")?.double == 0.0025)
    }
}
