package import Results
import Workspace

extension RunPlan {
    /// The events of a run that did not start: every request with the same reason, so that reports are whole.
    ///
    /// - Parameters:
    ///   - reason: completes "skipped: …".
    ///   - time: milliseconds since 1970.
    package func skippedEvents(_ reason: String, at time: Int64) -> [RunEvent] {
        collections.flatMap { planned -> [RunEvent] in
            let info = CollectionInfo(name: planned.collection.name, path: planned.path, startedAt: time)
            let outcomes = planned.requests.map { request in
                RunEvent.requestFinished(
                    RequestOutcome(
                        groups: request.groups, name: request.name, identity: request.sender.name, span: request.span,
                        verdict: .skipped(request.skip ?? reason), contractCases: request.contractCases))
            }
            return [.collectionStarted(info)] + outcomes + [.collectionFinished(info)]
        }
    }
}
