package import Diagnostics
package import Providers

/// Finds what is knowingly not kept: waivers of the provider, the collection and usher.json together.
package struct WaiverBook: Sendable {
    private let waivers: [Waiver]
    private let today: String

    package init(_ waivers: [Waiver], today: String) {
        self.waivers = waivers
        self.today = today
    }

    /// What holds for a case; nil: it is not waived.
    ///
    /// A hole can be waived only per request and for a time (formats.md R6): a waiver without both does not reach it.
    /// - Parameters:
    ///   - names: of the rule, the promise or the probe.
    ///   - request: nil where the case is about a token service.
    package func waiver(for names: [String], request: String?, isHole: Bool) -> Waiver? {
        waivers.first { waiver in
            guard names.contains(waiver.rule), isInForce(waiver) else { return false }
            if isHole, waiver.requests == nil || waiver.until == nil { return false }
            guard let requests = waiver.requests else { return true }
            return request.map(requests.contains) ?? false
        }
    }

    /// Days are compared as text, which for `2027-01-31` is the order of time; the last day still counts.
    private func isInForce(_ waiver: Waiver) -> Bool { waiver.until.map { $0 >= today } ?? true }

    /// Warnings about waivers whose last day has passed.
    package func check(into bag: inout DiagnosticBag) {
        for waiver in waivers where !isInForce(waiver) {
            bag.warning(
                "waiver-ended", "the waiver of \(waiver.rule) ended on \(waiver.until ?? "")", at: waiver.span,
                help: "remove it, or give it a later day")
        }
    }
}
