import ArgumentParser
import JSON

/// `250ms`, `10s`, `5m`, `1h`.
struct DurationOption: ExpressibleByArgument, Sendable {
    let duration: Duration

    init?(argument: String) {
        guard let duration = DurationText.parse(argument), duration > .zero else { return nil }
        self.duration = duration
    }
}
