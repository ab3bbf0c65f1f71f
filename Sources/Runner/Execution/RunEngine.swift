import HTTP
package import Results
import Workspace

/// Runs a plan: N lanes, each taking the next collection, all on the transport's loop.
package struct RunEngine: Sendable {
    let plan: RunPlan
    let context: RunContext
    let jobs: Int

    package init(plan: RunPlan, context: RunContext, jobs: Int) {
        self.plan = plan
        self.context = context
        self.jobs = max(1, jobs)
    }

    /// Runs everything and calls `emit`, on the calling task and in file order, for each event of the collections, then
    /// for each credential used.
    ///
    /// Cancelling the calling task ends transfers at once; what has not run is then reported as skipped.
    package func run(emit: (RunEvent) -> Void) async {
        var sequencer = EventSequencer()
        await withTaskGroup(of: Signal.self) { group in
            group.addTask {
                await runLanes()
                return .finished
            }
            group.addTask(operation: Self.tick)
            // After an interrupt a tick would come back at once, again and again: the lanes alone are waited for.
            while let signal = await group.next() {
                sequencer.accept(context.mailbox.drain(), emit)
                if signal == .finished { break }
                if !Task.isCancelled { group.addTask(operation: Self.tick) }
            }
            group.cancelAll()
        }
        sequencer.accept(context.mailbox.drain(), emit)
        for outcome in await context.credentials.outcomes() { emit(.credentialFinished(outcome)) }
    }

    private enum Signal: Sendable {
        case tick, finished
    }

    /// Often enough for the eye, seldom enough not to be seen in a profile.
    private static func tick() async -> Signal {
        try? await Task.sleep(for: .milliseconds(30))
        return .tick
    }

    private func runLanes() async {
        let alone = plan.collections.indices.filter { plan.collections[$0].collection.isAlone }
        let together = plan.collections.indices.filter { !plan.collections[$0].collection.isAlone }
        await runLanes(together, width: jobs)
        await runLanes(alone, width: 1)
    }

    private func runLanes(_ indices: [Int], width: Int) async {
        let queue = LaneQueue(indices)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<min(width, indices.count) {
                // On the loop's own thread: a hop to the shared pool costs 30 to 60 µs a request.
                group.addTask(executorPreference: context.transport.executor) {
                    while let index = queue.next() {
                        var runner = CollectionRunner(plan.collections[index], index: index, context: context)
                        await runner.run()
                    }
                }
            }
        }
    }
}
