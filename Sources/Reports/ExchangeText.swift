import Results

/// What was sent and what came, in words.
enum ExchangeText {
    /// `GET https://… answered 404 (31 B)`.
    static func summary(_ exchange: ExchangeSummary) -> String {
        let what = "\(exchange.method) \(exchange.url)"
        guard let status = exchange.status else {
            return what + (exchange.isTooLarge ? " got an answer that is too large" : " got no answer")
        }
        return "\(what) answered \(status) (\(size(exchange.bodySize)))"
    }

    /// `31 B`, `1.2 kB`, `10 MB`; thousands, as networks count.
    static func size(_ bytes: Int) -> String {
        if bytes < 1000 { return "\(bytes) B" }
        var tenths = bytes / 100
        for unit in ["kB", "MB", "GB"] {
            if tenths < 100 { return "\(tenths / 10).\(tenths % 10) \(unit)" }
            if tenths < 10_000 || unit == "GB" { return "\(tenths / 10) \(unit)" }
            tenths /= 1000
        }
        return "\(bytes) B"
    }
}
