/// A path of a vendor beside its tokens and its API: metadata, keys, revocation, introspection.
struct SideRoute: Sendable {
    let path: String
    /// HEAD goes with GET.
    let methods: [String]
    let answer: @Sendable (SandboxRequest) -> SandboxResponse

    init(
        _ path: String, methods: [String], _ answer: @escaping @Sendable (SandboxRequest) -> SandboxResponse
    ) {
        self.path = path
        self.methods = methods
        self.answer = answer
    }

    /// 405 for another method (RFC 9110 §15.5.6).
    func serve(_ request: SandboxRequest, _ errors: ErrorShape) -> SandboxResponse {
        let method = request.method == "HEAD" ? "GET" : request.method
        guard methods.contains(method) else { return errors.response(.wrongMethod(allowed: methods)) }
        return answer(request)
    }
}
