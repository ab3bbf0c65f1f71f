import HTTP
import JSON
package import Results

/// Says whether a caller was refused at all, and whether the documented way (auth-probes.md §4.1, rules 1, 2 and 4).
package enum DenialJudge {
    package static func verdict(on denial: DenialCase) -> ContractVerdict {
        switch denial.probe.answer {
        case .failure(let error):
            // The handshake ends where the server wants a certificate and gets none.
            if error.kind == .tls, denial.withholdsCertificate { return .passed }
            return .noVerdict(DenialWording(denial).noAnswer(error))
        case .success(let response): return verdict(on: denial, response)
        }
    }

    private static func verdict(on denial: DenialCase, _ response: HTTPResponse) -> ContractVerdict {
        let wording = DenialWording(denial)
        if let documented = denial.documented, documented.mismatches.isEmpty { return .passed }
        switch response.status {
        case 429, 423: return .noVerdict(wording.unheard(response.status, "the server takes no more requests for now"))
        case 502, 503, 504: return .noVerdict(wording.unheard(response.status, "whoever answers it was not there"))
        case 200..<300: return success(denial, response, wording)
        case let status: return refusal(denial, status, wording)
        }
    }

    // MARK: 2xx

    private static func success(
        _ denial: DenialCase, _ response: HTTPResponse, _ wording: DenialWording
    ) -> ContractVerdict {
        guard case .answer(let control) = denial.control else {
            // Such a request is never a success; with an error in the body the server may have complained of its form.
            return ErrorMember.stands(in: response)
                ? .noVerdict(wording.untold(response.status)) : .failed(wording.hole(response.status, ""))
        }
        let (expected, actual) = (AnswerShape(control), AnswerShape(response))
        let comparison = expected.compared(with: actual)
        if comparison == .same {
            return .failed(wording.hole(response.status, " with the same body as `\(denial.identity)`"))
        }
        if ErrorMember.stands(in: response), !ErrorMember.stands(in: control) {
            return .failed(wording.deviation("\(response.status) with an error in its body"))
        }
        if comparison == .different, denial.meetsBodyExpectations {
            return .failed(wording.hole(response.status, " with a body that meets what the request expects"))
        }
        return .noVerdict(wording.unlike(response.status, expected.difference(from: actual)))
    }

    // MARK: Anything else

    private static func refusal(_ denial: DenialCase, _ status: Int, _ wording: DenialWording) -> ContractVerdict {
        if status != 401, status != 403, case .harmless(let control) = denial.control {
            // 404 for an id that cannot exist and 422 for a body that is none are answers of a server that did not look
            // at the credential, or that looked at the rest first.
            guard let control, control.status != status else { return .noVerdict(wording.untold(status)) }
        }
        if let documented = denial.documented {
            return .failed(wording.deviation(status, documented.mismatches))
        }
        return denial.usual.contains(status) ? .passed : .failed(wording.deviation(wording.named(status)))
    }
}

/// An error in the body of an answer that says 200.
enum ErrorMember {
    static func stands(in response: HTTPResponse) -> Bool {
        guard let root = (try? JSONDocument.parse(response.body))?.root, root.kind == .object else { return false }
        return ["error", "errors"].contains { name in
            guard let value = root[name], !value.isNull else { return false }
            return value.kind != .array || value.count > 0
        }
    }
}
