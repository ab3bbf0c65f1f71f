import HTTP

/// Broken credentials that are let in though no rule speaks of each: by the ids of the probes that send them.
extension Defect {
    static let waysIn: [Defect] = [
        apiRequest("N-02", "lets in an empty credential") { request, scene in
            guard request.headers.contains(name: "Authorization") else { return }
            let words = (request.headers["Authorization"] ?? "").split(separator: " ")
            if words.count < 2, words.first.map({ $0.lowercased() == "bearer" }) ?? true {
                request.admitted = scene.stranger?.principal()
            }
        },
        apiRequest("N-05", "does not look at the scheme before the token") { request, _ in
            let words = (request.headers["Authorization"] ?? "").split(separator: " ")
            if words.count == 2, words[0].lowercased() != "bearer" {
                request.setHeader("Authorization", "Bearer \(words[1])")
            }
        },
        bare("N-06", "takes a token without the word Bearer before it"),
        leniency("N-07", "takes any text for a token") { token, scene in
            LooseJWT(token) == nil && !token.contains(".") && scene.memory.isForeign(token)
                ? scene.stranger?.principal() : nil
        },
        leniency("N-08", "takes a token whose end is missing") { $1.memory.holder(beginning: $0) },
        leniency("N-09", "takes a token in which a character was changed") { $1.memory.holder(resembling: $0) },
        apiRequest("N-32", "takes the first of two Authorization headers") { request, _ in
            let lines = request.headers.values("Authorization")
            if lines.count > 1, let first = lines.first { request.setHeader("Authorization", first) }
        },
    ]

    static func bare(_ id: String, _ summary: String, _ vendors: Set<Vendor> = Vendor.every) -> Defect {
        apiRequest(id, summary, vendors) { request, _ in
            guard let line = request.headers["Authorization"], !line.isEmpty, !line.contains(" "),
                line.lowercased() != "bearer"
            else { return }
            request.setHeader("Authorization", "Bearer \(line)")
        }
    }
}

extension TokenMemory {
    /// Neither made here nor made of one that was.
    fileprivate func isForeign(_ token: String) -> Bool {
        formerHolder(token) == nil && holder(beginning: token) == nil && holder(resembling: token) == nil
    }
}
