import HTTP
import JSON

/// A token as the vendor gave it, and what it was given for.
struct GivenToken: Sendable {
    let token: String
    /// How many there were before.
    let number: Int
    let answer: JSONObject
    let request: SandboxRequest
    /// Seconds since 1970.
    let time: Int
    let memory: any TokenMemory
}

extension Faults {
    /// Tokens go out under another name, by which the door knows them.
    mutating func alias(_ name: @escaping @Sendable (GivenToken) -> String) {
        let tokens = FaultMemory()
        let count = FaultMemory()
        token.append { request, scene, next in
            var answer = next(request)
            let object = answer.response.object
            guard answer.isGrant, let token = object[names: JSONObject.tokenNames]?.string else { return answer }
            let number = count["issued"].flatMap(Int.init) ?? 0
            count["issued"] = String(number + 1)
            let given = GivenToken(
                token: token, number: number, answer: object, request: request, time: Int(scene.settings.seconds),
                memory: scene.memory)
            let alias = name(given)
            tokens[alias] = token
            answer.response.editObject { $0[names: JSONObject.tokenNames] = .string(alias) }
            return answer
        }
        side.append { request, _, next in
            var asked = request
            if let token = request.formValue("token").flatMap({ tokens[$0] }) {
                asked.form = request.form.map { $0.name == "token" ? ("token", token) : $0 }
            }
            return next(asked)
        }
        api.append { request, _, next in
            var asked = request
            if let token = request.bearerToken.flatMap({ tokens[$0] }) {
                asked.setHeader("Authorization", "Bearer \(token)")
            }
            return next(asked)
        }
    }
}
