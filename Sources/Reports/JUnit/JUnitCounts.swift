/// What stands in the heads of a JUnit file.
struct JUnitCounts {
    var tests = 0
    var failures = 0
    var errors = 0
    var skipped = 0
    /// Of times that were rounded case by case, so that a suite's time is the sum of what stands below it.
    var milliseconds = 0

    mutating func count(_ result: JUnitCase) {
        tests += 1
        milliseconds += result.milliseconds
        switch result.result {
        case .passed: break
        case .failure: failures += 1
        case .error: errors += 1
        case .skipped: skipped += 1
        }
    }

    mutating func add(_ other: JUnitCounts) {
        tests += other.tests
        failures += other.failures
        errors += other.errors
        skipped += other.skipped
        milliseconds += other.milliseconds
    }

    func write(to xml: inout XMLText) {
        xml.attribute("tests", tests)
        xml.attribute("failures", failures)
        xml.attribute("errors", errors)
        xml.attribute("skipped", skipped)
        xml.attribute("time", Self.time(milliseconds))
    }

    /// Seconds with three decimals and a dot: readers parse it with the reader's locale otherwise.
    static func time(_ milliseconds: Int) -> String {
        let fraction = String(milliseconds % 1000)
        return "\(milliseconds / 1000).\(String(repeating: "0", count: 3 - fraction.count))\(fraction)"
    }
}
