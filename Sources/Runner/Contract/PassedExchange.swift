import HTTP
import Templates

/// A request that passed, with what its contract cases are made from.
struct PassedExchange: Sendable {
    /// Every placeholder filled, no credential applied.
    let rendered: RenderedRequest
    /// As it was sent.
    let request: HTTPRequest
    let response: HTTPResponse
    let scope: Scope
}
