package import HTTP
package import Secrets
package import Templates
import Tokens
import Workspace

/// What all lanes of a run share.
package struct RunContext: Sendable {
    package let transport: any HTTPTransport
    package let identities: IdentityDirectory
    package let credentials: CredentialDesk
    package let redactor: Redactor
    package let functions: FunctionTable
    package let control: RunControl
    package let mailbox = EventMailbox()
    /// Variables of `--vars` and `--var`.
    package let given: Scope.Layer
    package let defaults: TransferDefaults
    package let failFast: Bool
    /// nil: the contract does not run.
    package let contract: ContractSession?
    /// A line that repeats a request by hand, secrets masked; for cases that did not pass.
    package let describe: @Sendable (HTTPRequest, _ identity: String?, _ redirects: Int) -> String
    /// Milliseconds since 1970.
    package let now: @Sendable () -> Int64

    package init(
        transport: any HTTPTransport, identities: IdentityDirectory, credentials: CredentialDesk, redactor: Redactor,
        functions: FunctionTable,
        control: RunControl, given: Scope.Layer, defaults: TransferDefaults, failFast: Bool,
        contract: ContractSession? = nil,
        describe: @escaping @Sendable (HTTPRequest, _ identity: String?, _ redirects: Int) -> String,
        now: @escaping @Sendable () -> Int64
    ) {
        self.transport = transport
        self.identities = identities
        self.credentials = credentials
        self.redactor = redactor
        self.functions = functions
        self.control = control
        self.given = given
        self.defaults = defaults
        self.failFast = failFast
        self.contract = contract
        self.describe = describe
        self.now = now
    }

    var freshSecrets: FreshSecrets { FreshSecrets(redactor: redactor) }
}
