import Results
import Secrets

@testable import Reports

/// Everything a console report prints for events; each step of `elapsed` takes a second.
func console(
    _ events: [RunEvent], _ options: ConsoleOptions = ConsoleOptions(), redactor: Redactor = Redactor()
) -> String {
    var printed = ""
    var seconds = 0
    let report = ConsoleReport(
        redactor: redactor, options: options,
        elapsed: {
            seconds += 1
            return .seconds(seconds)
        }, write: { printed += $0 })
    for event in events { report.receive(event) }
    report.close()
    return printed
}
