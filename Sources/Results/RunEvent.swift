/// What happens in a run, in the order reports see it: collections in file order, the cases of one together.
package enum RunEvent: Sendable {
    case runStarted(RunInfo)
    case collectionStarted(CollectionInfo)
    /// A case of the collection that was started last.
    case requestFinished(RequestOutcome)
    /// A contract case of the collection that was started last.
    case contractFinished(ContractOutcome)
    case collectionFinished(CollectionInfo)
    /// One for each identity used, after all collections.
    case credentialFinished(CredentialOutcome)
    case runFinished(RunTotals)
}
