/// One challenge of a `WWW-Authenticate` or `Proxy-Authenticate` field (RFC 9110 §11.6.1).
package struct Challenge: Sendable, Hashable {
    package struct Parameter: Sendable, Hashable {
        /// Lower case.
        package var name: String
        /// Without quotes, escapes resolved.
        package var value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// As written; empty where a server sends parameters alone, which happens.
    package var scheme: String
    /// What stands behind the scheme in place of parameters, such as Negotiate's.
    package var token68: String?
    /// In order.
    package var parameters: [Parameter]

    package init(_ scheme: String, token68: String? = nil, _ parameters: [Parameter] = []) {
        self.scheme = scheme
        self.token68 = token68
        self.parameters = parameters
    }

    /// The first parameter of that name; names are compared without case.
    package subscript(name: String) -> String? {
        parameters.first { HeaderFields.sameName($0.name, name) }?.value
    }

    /// Compares without case (RFC 9110 §11.1).
    package func isScheme(_ name: String) -> Bool { HeaderFields.sameName(scheme, name) }

    /// Reads all challenges of the field lines, in order, as far as they can be understood: nothing is refused, since a
    /// test of a server has to say what its challenge lacks.
    package static func parse(_ fieldLines: [String]) -> [Challenge] {
        fieldLines.flatMap { line in
            var scanner = ChallengeScanner(line)
            return scanner.challenges()
        }
    }
}
