package import Expectations
package import HTTP
package import Results

/// A probe that was sent, with everything it takes to say whether its caller was refused.
package struct DenialCase: Sendable {
    /// What the probe is compared with.
    package enum Control: Sendable {
        /// The answer to the untouched request.
        case answer(HTTPResponse)
        /// The probe was sent in a form that cannot be processed: the answer to that form with the good credential; nil
        /// where it was not sent.
        case harmless(HTTPResponse?)
    }

    /// What the provider or the request says the answer should be.
    package struct Documented: Sendable {
        /// `401`, in words.
        package var expected: String
        /// What of it does not hold; empty: all holds.
        package var mismatches: [Mismatch]

        package init(expected: String, mismatches: [Mismatch]) {
            self.expected = expected
            self.mismatches = mismatches
        }
    }

    /// The request's name.
    package var subject: String
    /// Whose credential the control had.
    package var identity: String
    /// Before any credential was put into it: reports show its method and address.
    package var plain: HTTPRequest
    package var control: Control
    package var probe: ProbeExchange
    /// nil: any of 401, 403, 404 is a refusal as it should be.
    package var documented: Documented?
    /// Who says so: "zarv, 'All requests … must include a valid access token'".
    package var source: String?
    /// The credential is malformed rather than wrong: 400 is a refusal as well.
    package var isMalformed = false
    /// The request has expectations about the body of its answer, and this answer meets them all.
    package var meetsBodyExpectations = false
    /// The client certificate is (part of) what was left out, or is somebody else's: a refusal while connecting is one,
    /// and so is 400, as nginx has it; no scheme could stand in a 401's challenge.
    package var withholdsCertificate = false
    package var rule: RuleNote?

    package init(
        _ subject: String, identity: String, plain: HTTPRequest, control: Control, probe: ProbeExchange,
        documented: Documented? = nil, source: String? = nil
    ) {
        self.subject = subject
        self.identity = identity
        self.plain = plain
        self.control = control
        self.probe = probe
        self.documented = documented
        self.source = source
    }
}

extension DenialCase {
    /// Statuses that count as a refusal where nobody says which one it should be.
    var usual: [Int] { isMalformed || withholdsCertificate ? [400, 401, 403, 404] : [401, 403, 404] }
}

extension ResourceProbe {
    /// Whether what it sends is malformed rather than wrong, so that 400 is a refusal too.
    package var isMalformed: Bool {
        ["N-02", "N-03", "N-04", "N-05", "N-06", "N-26", "N-27", "N-28", "N-31", "N-32", "N-33", "N-34", "N-35"]
            .contains(id)
    }
}
