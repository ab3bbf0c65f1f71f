import JSON

/// Durations beside each other: `<1 ms`, `84 ms`, `1.2 s`.
enum ShortTime {
    static func text(_ duration: Duration) -> String {
        if duration < .microseconds(500) { return duration <= .zero ? "0 ms" : "<1 ms" }
        return DurationText.display(duration)
    }
}
