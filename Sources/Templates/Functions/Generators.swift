import JSON

extension FunctionTable {
    static func generators(_ source: ValueSource) -> [TemplateFunction] {
        [
            TemplateFunction("uuid()", 0...0) { _ in TemplateValue(.string(uuid(source.random))) },
            TemplateFunction("epoch()", 0...0) { _ in TemplateValue(.number(JSONNumber(Int(source.now() / 1000)))) },
            TemplateFunction("now(format?, offset?)", 0...2) { (values) throws(FunctionError) in
                try now(source.now(), values)
            },
            TemplateFunction("random(from, to)", 2...2) { (values) throws(FunctionError) in
                guard let low = values[0].number?.int, let high = values[1].number?.int, low <= high else {
                    throw FunctionError("needs two whole numbers, the smaller one first")
                }
                let width = UInt64(bitPattern: Int64(high)) &- UInt64(bitPattern: Int64(low))
                let step = width == .max ? source.random() : source.random() % (width + 1)
                return TemplateValue(.number(JSONNumber(Int(Int64(bitPattern: UInt64(bitPattern: Int64(low)) &+ step)))))
            },
        ]
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
        let format = values.first?.string ?? "rfc3339"
        switch format {
        case "epoch": return TemplateValue(.number(JSONNumber(Int(instant / 1000))))
        case "epoch-ms": return TemplateValue(.number(JSONNumber(Int(instant))))
        case "rfc3339": return TemplateValue(.string(CalendarTime(instant).rfc3339))
        case "date": return TemplateValue(.string(String(CalendarTime(instant).rfc3339.prefix(10))))
        case "http": return TemplateValue(.string(CalendarTime(instant).httpDate))
        default:
            throw FunctionError("knows no format '\(format)'; write 'rfc3339', 'date', 'http', 'epoch' or 'epoch-ms'")
        }
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
