package import Diagnostics
package import JSON

/// Where in an answer a value stands: `/json/pointer`, `""` (the whole body), `header:Name`, `cookie:Name`, `xpath:/a/b`.
package enum Locator: Sendable, Hashable {
    case pointer(JSONPointer)
    case header(String)
    case cookie(String)
    case xpath(XMLPath)

    package var text: String {
        switch self {
        case .pointer(let pointer): pointer.text
        case .header(let name): "header:\(name)"
        case .cookie(let name): "cookie:\(name)"
        case .xpath(let path): "xpath:\(path.text)"
        }
    }

    /// For messages: `/access_token`, `the whole body`, `the header X-Token`.
    package var phrase: String {
        switch self {
        case .pointer(let pointer): pointer.text.isEmpty ? "the whole body" : pointer.text
        case .header(let name): "the header \(name)"
        case .cookie(let name): "the cookie \(name)"
        case .xpath(let path): path.text
        }
    }
}

/// Locators in the order they are tried; the first that finds something wins.
package struct Locators: Sendable, Hashable {
    package let alternatives: [Locator]
    /// Where a profile says so; nil: a default.
    package let span: Span?

    package init(_ alternatives: [Locator], at span: Span? = nil) {
        self.alternatives = alternatives
        self.span = span
    }

    init(pointers: String...) { self.init(pointers.compactMap { JSONPointer($0).map(Locator.pointer) }) }

    package var phrase: String { Shape.alternatives(alternatives.map(\.phrase)) }
}
