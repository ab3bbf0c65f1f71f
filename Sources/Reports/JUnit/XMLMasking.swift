import Secrets

/// Masks secrets in finished XML of ours without touching its markup: for secrets that became known after a case was
/// written, such as a token captured from a later answer.
enum XMLMasking {
    /// - Parameter xml: begins and ends outside a tag; values hold no `<`, `>` or `"`, since `XMLText` escapes them.
    static func mask(_ xml: [UInt8], _ redactor: Redactor) -> [UInt8] {
        guard redactor.finds(in: xml) else { return xml }
        var result: [UInt8] = []
        var run: [UInt8] = []
        var isMarkup = false
        var isValue = false
        for byte in xml {
            switch byte {
            case UInt8(ascii: "<"), UInt8(ascii: ">"):
                isMarkup = byte == UInt8(ascii: "<")
            case UInt8(ascii: "\"") where isMarkup:
                isValue.toggle()
            default:
                if isMarkup, !isValue { result.append(byte) } else { run.append(byte) }
                continue
            }
            result += redactor.redact(run)
            result.append(byte)
            run.removeAll(keepingCapacity: true)
        }
        return result + redactor.redact(run)
    }
}
