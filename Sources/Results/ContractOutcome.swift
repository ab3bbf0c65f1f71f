package import Diagnostics

/// How one contract case ended: a broken credential that should be refused, a caller of the access matrix, a rule of a
/// pack, or a promise of the vendor's page.
package struct ContractOutcome: Sendable {
    package enum Kind: Sendable, Hashable {
        /// `no-credential` and its like.
        case probe(String)
        /// A valid credential of somebody else; `owner`: whose objects were asked for, nil where they are the sender's.
        case access(caller: String, owner: String?)
        /// `RES-03`
        case rule(String)
        /// `ZV-01`
        case promise(String)
    }

    package var kind: Kind
    /// The groups around the request, outermost first.
    package var groups: [String]
    /// The request it is about; an identity where it is about a token service.
    package var subject: String
    package var rowLabel: String?
    /// Whose credential was broken, or who called; nil: anonymous.
    package var identity: String?
    /// What reports point at: the request, or the identity.
    package var span: Span
    package var verdict: ContractVerdict
    /// nil where no rule of the catalogue stands behind it.
    package var rule: RuleNote?
    package var duration: Duration
    /// The exchange that shows it; for cases that passed, only with what a line needs.
    package var exchange: ExchangeSummary?
    /// Sentences beside the verdict: an observation, a waiver and its reason.
    package var remarks: [String]
    /// Whether a caller of the access matrix was let in; nil: told by the status, which an expectation such as "200 with
    /// an empty list" means otherwise.
    package var isAdmitted: Bool?

    package init(
        _ kind: Kind, of subject: String, groups: [String] = [], identity: String? = nil, at span: Span,
        verdict: ContractVerdict, rule: RuleNote? = nil, duration: Duration = .zero, exchange: ExchangeSummary? = nil,
        remarks: [String] = [], isAdmitted: Bool? = nil
    ) {
        self.kind = kind
        self.groups = groups
        self.subject = subject
        self.identity = identity
        self.span = span
        self.verdict = verdict
        self.rule = rule
        self.duration = duration
        self.exchange = exchange
        self.remarks = remarks
        self.isAdmitted = isAdmitted
    }
}

package enum ContractVerdict: Sendable {
    case passed
    /// Fails the run.
    case failed(ContractFinding)
    /// Shown, does not fail the run: a SHOULD, a pack that is not claimed, a vendor's ambiguous sentence.
    case warned(ContractFinding)
    /// A sentence that begins with "No verdict".
    case noVerdict(String)
    /// The reason completes "skipped: …".
    case skipped(String)
}

/// What was found, in words that need no knowledge of OAuth.
package struct ContractFinding: Sendable, Hashable {
    package enum Kind: String, Sendable {
        /// Somebody got in who should not.
        case hole = "Hole"
        /// Refused or answered, but not as documented; nobody got in.
        case deviation = "Deviation"
    }

    package var kind: Kind
    /// One sentence or two, beginning with the kind: "Hole: `list orders` let a caller in without credential: …".
    package var sentence: String
    /// `401`; what the vendor or the standard says, in words.
    package var expected: String
    /// `200`; what came.
    package var actual: String
    /// What was sent, as a derivation, never a value: "the last 8 characters of the token removed".
    package var sent: String
    /// Who says what is expected: "zarv, 'All requests … must include a valid access token'", "RFC 9110 §15.5.2".
    package var source: String?

    package init(
        _ kind: Kind, _ sentence: String, expected: String, actual: String, sent: String, source: String? = nil
    ) {
        self.kind = kind
        self.sentence = sentence
        self.expected = expected
        self.actual = actual
        self.sent = sent
        self.source = source
    }
}

/// A rule as reports name it.
package struct RuleNote: Sendable, Hashable {
    package var id: String
    package var title: String
    /// `RFC 9110 §15.5.2`
    package var source: String
    /// What it does to whom that it is broken, and who mends it.
    package var why: String?
    /// The same where a caller was let in; nil: `why` holds for that too.
    package var hole: String?

    package init(_ id: String, title: String, source: String, why: String? = nil, hole: String? = nil) {
        self.id = id
        self.title = title
        self.source = source
        self.why = why
        self.hole = hole
    }

    package func why(_ kind: ContractFinding.Kind) -> String? {
        switch kind {
        case .hole: hole ?? why
        case .deviation: why
        }
    }
}
