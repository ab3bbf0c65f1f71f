import HTTP

/// Answers to callers that were let in.
extension Defect {
    static let protectedAnswers: [Defect] = [
        apiAnswer("RES-24", "lets everybody cache what an authorised caller was answered") { response, request in
            guard response.isSuccess, request.headers.contains(name: "Authorization") else { return }
            response.setHeader("Cache-Control", "public, max-age=60")
        }
    ]
}
