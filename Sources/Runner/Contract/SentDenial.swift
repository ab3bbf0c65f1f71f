import Contract
import HTTP
import Tokens

/// A broken form of the credential that was sent, and waits for its verdict.
struct SentDenial {
    let denial: RequestCases.Denial
    /// With the probe that each came from.
    let exchanges: [(probe: String, exchange: ProbeExchange)]
}
