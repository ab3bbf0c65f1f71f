/// Measures how fast a piece of work goes.
enum Meter {
    /// Prints the best of five rounds of a fifth of a second each: what disturbs a round only makes it slower.
    ///
    /// - Parameter bytes: what one call of `work` goes through.
    static func print(_ name: String, bytes: Int, _ work: () throws -> Void) rethrows {
        let clock = ContinuousClock()
        var best = 0.0
        for _ in 0..<5 {
            let start = clock.now
            var runs = 0
            var elapsed = Duration.zero
            while elapsed < .milliseconds(200) {
                try work()
                runs += 1
                elapsed = clock.now - start
            }
            best = max(best, Double(bytes) * Double(runs) / (elapsed / .seconds(1)) / 1e6)
        }
        let label = name + String(repeating: " ", count: max(1, 44 - name.count))
        let number = "\(Int(best.rounded()))"
        Swift.print(label + String(repeating: " ", count: max(0, 8 - number.count)) + number + " MB/s")
    }

    /// Keeps the optimizer from seeing that a result is not used.
    @inline(never)
    static func keep<Value>(_ value: Value) {}
}
