import JSON

extension Defect {
    static let clazar: [Defect] = [
        created("CZ-01", [.clazar]),
        granted("CZ-02", "calls the token's type BEARER", [.clazar]) { $0["token_type"] = "BEARER" },
        granted("CZ-03", "says that a token lives for half a day", [.clazar]) { $0["expires_in"] = 43_200 },
        open("CZ-04", "answers reads without a token", [.clazar]),
        tokenRequest("CZ-05", "gives a token without client secret", [.clazar]) { request, scene in
            let body = request.object
            if request.method == "POST", body["client_id"] != nil, body["client_secret"] == nil {
                request = scene.login(request)
            }
        },
    ]
}
