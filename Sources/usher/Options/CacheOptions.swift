import ArgumentParser

/// Where tokens are kept between runs.
struct CacheOptions: ParsableArguments, Sendable {
    @Flag(
        inversion: .prefixedNo,
        help: "Keep tokens in your cache folder (default: yes, no where CI is set).")
    var cache: Bool?

    @Flag(name: .customLong("fresh-token"), help: "Begin with a new token, whatever is kept.")
    var freshToken = false
}
