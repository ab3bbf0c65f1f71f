import JSON

extension FunctionTable {
    static func generators(_ source: ValueSource) -> [TemplateFunction] {
        [
            TemplateFunction("uuid()", 0...0) { _ in TemplateValue(.string(uuid(source.random))) },
            TemplateFunction("epoch()", 0...0) { _ in TemplateValue(.number(JSONNumber(seconds(source.now())))) },
            TemplateFunction("now(format?, offset?)", 0...2) { (values) throws(FunctionError) in
                try now(source.now(), values)
            },
            TemplateFunction("random(from, to)", 2...2) { (values) throws(FunctionError) in
                try random(values, source.random)
            },
        ]
    }

    /// Those whose value is another one each time.
    static let generatorNames = Set(generators(.system).map(\.name))

    /// A whole number of the closed range; a range of all 64 bits too.
    private static func random(
        _ bounds: [JSONValue], _ random: () -> UInt64
    ) throws(FunctionError) -> TemplateValue {
        guard let low = bounds[0].number?.int, let high = bounds[1].number?.int, low <= high else {
            throw FunctionError("needs two whole numbers, the smaller one first")
        }
        let width = UInt64(bitPattern: Int64(high)) &- UInt64(bitPattern: Int64(low))
        let step = width == .max ? random() : random() % (width + 1)
        let value = Int64(bitPattern: UInt64(bitPattern: Int64(low)) &+ step)
        return TemplateValue(.number(JSONNumber(Int(value))))
    }

    /// RFC 9562 §5.4, lower case.
    private static func uuid(_ random: () -> UInt64) -> String {
        let high = random() & 0xFFFF_FFFF_FFFF_0FFF | 0x4000
        let low = random() & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
        let digits = hex(high) + hex(low)
        let bounds = [0, 8, 12, 16, 20, 32]
        let characters = Array(digits)
        return zip(bounds, bounds.dropFirst()).map { String(characters[$0..<$1]) }.joined(separator: "-")
    }

    private static func hex(_ value: UInt64) -> String {
        let text = String(value, radix: 16)
        return String(repeating: "0", count: 16 - text.count) + text
    }

    private static func now(_ milliseconds: Int64, _ values: [JSONValue]) throws(FunctionError) -> TemplateValue {
        var instant = milliseconds
        if values.count > 1 { instant += try offset(values[1]) }
        switch try format(values.first ?? nil) {
        case "epoch": return TemplateValue(.number(JSONNumber(seconds(instant))))
        case "epoch-ms": return TemplateValue(.number(JSONNumber(Int(instant))))
        case "rfc3339": return TemplateValue(.string(CalendarTime(instant).rfc3339))
        case "date": return TemplateValue(.string(String(CalendarTime(instant).timestamp.prefix { $0 != "T" })))
        case "http": return TemplateValue(.string(CalendarTime(instant).httpDate))
        case let format:
            throw FunctionError("knows no format '\(format)'; write 'rfc3339', 'date', 'http', 'epoch' or 'epoch-ms'")
        }
    }

    private static func format(_ value: JSONValue) throws(FunctionError) -> String {
        switch value {
        case .null: return "rfc3339"
        case .string(let format): return format
        default: throw FunctionError("needs a format such as 'rfc3339', not \(value.kind.phrase)")
        }
    }

    /// Whole seconds, rounded down before 1970 too.
    private static func seconds(_ milliseconds: Int64) -> Int {
        let (quotient, remainder) = milliseconds.quotientAndRemainder(dividingBy: 1000)
        return Int(remainder < 0 ? quotient - 1 : quotient)
    }

    /// `'5m'`, `'-1h'`.
    private static func offset(_ value: JSONValue) throws(FunctionError) -> Int64 {
        let text = value.string ?? ""
        let isNegative = text.hasPrefix("-")
        let digits = isNegative || text.hasPrefix("+") ? String(text.dropFirst()) : text
        guard let duration = DurationText.parse(digits) else {
            throw FunctionError("'\(text)' is not an offset; write '5m' or '-1h'")
        }
        let milliseconds = duration.components.seconds * 1000 + duration.components.attoseconds / 1_000_000_000_000_000
        return isNegative ? -milliseconds : milliseconds
    }
}
