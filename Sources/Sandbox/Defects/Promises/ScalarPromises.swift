import HTTP
import JSON

extension Defect {
    static let scalar: [Defect] = [
        open("SC-01", "answers reads without a token", [.scalar]),
        granted("SC-02", "leaves out the token's type", [.scalar]) { $0["tokenType"] = nil },
        audience("SC-03", "takes a token for another audience"),
        lacking(
            "SC-04", "gives the audience API no features of its own", features: ScalarFeatures.audiences["API"] ?? []),
        lacking(
            "SC-05", "gives scopes no features",
            features: ScalarFeatures.scopes.values.reduce(into: []) { $0.formUnion($1) }),
        api("SC-06", "does not look whether the integrator has permission", [.scalar]) { request, scene, next in
            guard let caller = scene.caller(request), caller.role == "reader" else { return next(request) }
            return next(request.admitting(caller.with(ScalarFeatures.everything)))
        },
        api("SC-07", "does not look whether the organisation has bought the API", [.scalar]) { request, scene, next in
            guard let caller = scene.caller(request), caller.tenant == "globex" else { return next(request) }
            return next(request.admitting(caller.with(ScalarFeatures.everything)))
        },
        Defect("SC-08", "takes each token once", [.scalar]) { faults in
            let used = FaultMemory()
            faults.api.append { request, scene, next in
                var asked = request
                if let token = request.bearerToken, scene.caller(request) != nil, !used.isNew(token) {
                    asked.setHeader("Authorization", "Bearer used")
                }
                return next(asked)
            }
        },
        granted("SC-09", "says that a token lives for half an hour", [.scalar]) { $0["expiresIn"] = 1_800 },
        granted("SC-10", "gives a refresh token", [.scalar]) { $0["refreshToken"] = .string(Identifier.token()) },
    ]

    /// Tokens lack these features.
    private static func lacking(_ id: String, _ summary: String, features: Set<String>) -> Defect {
        api(id, summary, [.scalar]) { request, scene, next in
            guard let caller = scene.caller(request) else { return next(request) }
            return next(request.admitting(caller.with(caller.grants.subtracting(features))))
        }
    }
}
