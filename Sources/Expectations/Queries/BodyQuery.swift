import HTTP

/// `expect.body`: size and digest of the decoded body.
struct BodyQuery: Sendable {
    let size: (any Predicate)?
    let sha256: (any Predicate)?

    func mismatches(_ response: HTTPResponse, _ context: JudgingContext, into mismatches: inout [Mismatch]) {
        if let mismatch = size?.mismatch(.integer(response.bodySize), "body size", context) {
            mismatches.append(mismatch)
        }
        if let sha256,
            let mismatch = sha256.mismatch(.text(context.digests.sha256(response.body)), "body sha256", context)
        {
            mismatches.append(mismatch)
        }
    }
}
