/// How much of the contract a run tries.
package enum ContractExtent: Sendable {
    case none
    /// Beside an ordinary run.
    case beside
    /// The contract alone: of the requests only those are sent that change nothing and that its cases need.
    case alone
}
