import JSON

/// The body of a token request in JSON, as three vendors have it.
enum JSONLogin {
    /// - Throws: `Refusal` 415 for another content type, 400 for anything but a JSON object.
    static func read(_ request: SandboxRequest) throws(Refusal) -> JSONObject {
        guard request.mediaType == "application/json" else { throw .wrongMediaType("application/json") }
        guard let document = try? JSONDocument.parse(request.body), let object = document.root.value.object else {
            throw .badRequest("the body must be a JSON object")
        }
        if let query = request.query, query.contains("ecret") || query.contains("password") {
            throw .badRequest("credentials must not stand in the URL")
        }
        return object
    }

    /// A required text; its value is never repeated in a message.
    static func text(_ name: String, _ object: JSONObject) throws(Refusal) -> String {
        guard let text = object[name]?.string, !text.isEmpty else { throw .badRequest("'\(name)' is missing") }
        return text
    }
}
