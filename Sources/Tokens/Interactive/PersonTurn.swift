/// Lets one flow at a time talk to the person: nobody signs in to two services at once, or reads two codes.
actor PersonTurn {
    private var isTaken = false
    private var waiting: [(number: UInt64, continuation: CheckedContinuation<Bool, Never>)] = []
    private var lastNumber: UInt64 = 0

    /// Suspends until the flows before have ended; false where the task was cancelled meanwhile.
    func begin() async -> Bool {
        guard isTaken else {
            isTaken = true
            return true
        }
        lastNumber &+= 1
        let number = lastNumber
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                if Task.isCancelled {
                    continuation.resume(returning: false)
                } else {
                    waiting.append((number, continuation))
                }
            }
        } onCancel: {
            Task { await giveUp(number) }
        }
    }

    func end() {
        if waiting.isEmpty {
            isTaken = false
        } else {
            waiting.removeFirst().continuation.resume(returning: true)
        }
    }

    private func giveUp(_ number: UInt64) {
        guard let index = waiting.firstIndex(where: { $0.number == number }) else { return }
        waiting.remove(at: index).continuation.resume(returning: false)
    }
}
