import Contract
import HTTP
import Testing

@Suite("Forms of unsafe requests that cannot be processed")
struct HarmlessFormTests {
    struct Case: Sendable {
        var method = HTTPMethod.post
        var path = "/v1/orders"
        var type: String? = "application/json"
        var body = #"{"a":1}"#
        var segment: Int?
        var keepsBody = false
        /// `path body`; nil: there is none.
        var result: String?
        var words = ""
    }

    static let cases = [
        Case(result: #"/v1/orders {"usher":"#, words: "with a body that is no JSON"),
        Case(
            method: .put, path: "/v1/orders/7", type: "application/merge-patch+json; charset=utf-8", segment: 2,
            result: #"/v1/orders/999999999999999999 {"usher":"#,
            words: "with a body that is no JSON and with an id that cannot exist"),
        Case(
            method: .delete, path: "/v1/orders/ord-7", type: nil, body: "", segment: 2,
            result: "/v1/orders/usher-no-such-id ", words: "with an id that cannot exist"),
        Case(
            method: .delete, path: "/v1/orders/123e4567-e89b-12d3-a456-426614174000/lines", type: nil, body: "",
            segment: 2, result: "/v1/orders/00000000-0000-0000-0000-000000000000/lines ",
            words: "with an id that cannot exist"),
        Case(
            path: "/v1/orders/7/pay", segment: 2, keepsBody: true,
            result: #"/v1/orders/999999999999999999/pay {"a":1}"#, words: "with an id that cannot exist"),
        Case(keepsBody: true), Case(type: "application/x-www-form-urlencoded", body: "a=1"),
        Case(method: .delete, type: nil, body: ""), Case(method: .delete, type: nil, body: "", segment: 5),
        Case(method: .delete, type: nil, body: "", segment: -1),
    ]

    @Test("The body becomes none, the id impossible, or there is no such form", arguments: cases)
    func form(_ one: Case) throws {
        var request = HTTPRequest(one.method, try HTTPURL(parsing: "https://api.acme.test\(one.path)?x=1"))
        if let type = one.type { request.headers.append(HeaderField("Content-Type", type)) }
        if !one.body.isEmpty { request.body = .bytes(Array(one.body.utf8)) }
        let form = HarmlessForm(request, idSegment: one.segment, keepsBody: one.keepsBody)
        let text = form.map { form in
            let body =
                if case .bytes(let bytes) = form.request.body { String(decoding: bytes, as: UTF8.self) } else { "" }
            return form.request.url.path + " " + body
        }
        #expect(text == one.result)
        #expect(form?.words ?? "" == one.words)
        if let form { #expect(form.request.method == one.method && form.request.url.query == "x=1") }
    }
}
