package import Providers

/// What a run of the contract may do, and what of its findings fails the run.
package struct ContractPolicy: Sendable {
    /// Rules, promises or probes asked for; empty: all.
    package var only: Set<String> = []
    /// Warnings fail the run too.
    package var isStrict = false
    /// Probes up to this class are sent: 2 reads only, 3 failed logins within the budget, 4 changes something or needs a
    /// second identity on unsafe requests, 5 attack strings.
    package var allowedClass = 3
    /// How long the end of a token is waited for where no expired one is known.
    package var longestWait: Duration = .zero
    /// Those of usher.json.
    package var waivers: [Waiver] = []
    /// `2026-11-25`
    package var today: String

    package init(today: String) { self.today = today }

    /// Whether a case with one of these names is wanted.
    package func wants(_ names: String?...) -> Bool {
        only.isEmpty || names.contains { name in name.map(only.contains) ?? false }
    }
}
