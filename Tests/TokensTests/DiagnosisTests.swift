import HTTP
import Testing
import Tokens

/// What a refusal of a token service is put down to.
@Suite("Why a credential brought no token")
struct DiagnosisTests {
    private static let cases: [(Int, String, CredentialDiagnosis.Reason, String)] = [
        (404, "there is no such path", .configuration, "at this URL"),
        (404, "<html>the page does not exist</html>", .configuration, "at this URL"),
        (404, #"{"error":"client not found"}"#, .unknownClient, "the id is not known"),
        (
            400, #"{"error":"invalid_client","error_description":"no such client"}"#, .unknownClient,
            "the id is not known"
        ),
        (
            400, #"{"error":"invalid_grant","error_description":"Please check the 'exp' claim."}"#, .notAccepted,
            "its claims"
        ),
        (401, #"{"error":"invalid_client","error_description":"JWT signature"}"#, .notAccepted, "its key"),
        (400, #"{"error":"invalid_request","error_description":"wrong content type"}"#, .notAccepted, "usher explain"),
        (401, #"{"error":"invalid_client"}"#, .wrongSecret, "id or secret"),
        (400, #"{"error":"invalid_grant"}"#, .wrongSecret, "id or secret"),
        (400, #"{"error":"invalid_scope"}"#, .scopeRefused, "scopes"),
        (503, "", .service, "not the credential"),
    ]

    @Test("is said by the status and by what the answer says", arguments: cases.indices)
    func refused(_ index: Int) {
        let (status, body, reason, advice) = Self.cases[index]
        let response = HTTPResponse(status: status, body: Array(body.utf8))
        let error = CredentialError(.refused, identity: "me", "refused", status: status)
        let diagnosis = CredentialDiagnosis(error, response: response)
        #expect(diagnosis.reason == reason, "\(body)")
        #expect(diagnosis.advice.contains(advice), "\(diagnosis.advice)")
    }
}
