import HTTP

/// One member of `expect.headers`.
struct HeaderQuery: Sendable {
    let name: String
    let predicate: any Predicate

    func mismatch(_ headers: HeaderFields, _ context: JudgingContext) -> Mismatch? {
        let value: Observed = headers.contains(name: name) ? .field(headers, name: name) : .nothing
        return predicate.mismatch(value, "header \(name)", context)
    }
}
