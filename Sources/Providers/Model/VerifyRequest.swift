package import Diagnostics
package import Expectations
package import HTTP
package import Templates

/// A cheap call that shows whether a credential is good.
package struct VerifyRequest: Sendable {
    package let method: HTTPMethod
    /// Appended to the base URL where it starts with `/`.
    package let url: URLTemplate
    package let expectation: Expectation?
    package let span: Span
}
