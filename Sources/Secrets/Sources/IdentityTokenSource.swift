import Diagnostics
package import JSON

/// `{ "ciOidc": { "audience": "…" } }`: the identity token of the CI job. GitHub Actions issues it on request; GitLab puts it
/// into a variable that the job declares under `id_tokens` and the binding names.
package struct IdentityTokenSource: SecretSource {
    package static let member = "ciOidc"
    package static let table = MemberTable(
        "ciOidc source", [MemberSpec("ciOidc", .object("ciOidc"), "The identity token of the CI job.")])
    static let request = MemberTable(
        "ciOidc", help: "The identity token of the CI job (GitHub Actions, GitLab).",
        [
            MemberSpec("audience", .text, required: true, "Whom the token is for."),
            MemberSpec("variable", .text, "GitLab: the variable that 'id_tokens' declares."),
        ])

    let audience: String
    let variable: String?

    package init?(_ reader: MemberReader, _ context: inout ReadingContext) {
        guard let node = reader["ciOidc"], let request = MemberReader(node, Self.request, &context),
            let audience = request.text("audience")
        else { return nil }
        self.audience = audience
        variable = request.text("variable")
    }

    package var phrase: String { "the CI's identity token for '\(audience)'" }

    package func read(in world: SecretWorld) async throws(SecretError) -> String {
        if world.variable("GITLAB_CI") != nil { return try fromVariable(in: world) }
        if let url = world.variable("ACTIONS_ID_TOKEN_REQUEST_URL") { return try await requested(url, in: world) }
        if world.variable("GITHUB_ACTIONS") != nil {
            throw SecretError(
                "\(phrase) is not to be had: the job may not ask for one; give it 'permissions: id-token: write'")
        }
        if variable != nil { return try fromVariable(in: world) }
        throw SecretError(
            "\(phrase) is not to be had: this is neither a job of GitHub Actions (ACTIONS_ID_TOKEN_REQUEST_URL is not "
                + "set) nor one of GitLab (GITLAB_CI is not set)")
    }

    private func fromVariable(in world: SecretWorld) throws(SecretError) -> String {
        guard let variable else {
            throw SecretError(
                "\(phrase) is not to be had: on GitLab the binding names the variable that the job declares under "
                    + "'id_tokens': { \"ciOidc\": { \"audience\": …, \"variable\": … } }")
        }
        guard let token = world.variable(variable) else {
            throw SecretError(
                "\(phrase) is not to be had: the variable \(variable) is not set; the job declares it under 'id_tokens' "
                    + "with 'aud: \(audience)'")
        }
        return token
    }

    /// GitHub's URL has a query already; the answer is `{"value": "…"}`.
    private func requested(_ url: String, in world: SecretWorld) async throws(SecretError) -> String {
        guard let bearer = world.variable("ACTIONS_ID_TOKEN_REQUEST_TOKEN") else {
            throw SecretError("\(phrase) is not to be had: ACTIONS_ID_TOKEN_REQUEST_TOKEN is not set")
        }
        let url = url + (url.contains("?") ? "&" : "?") + "audience=" + PercentEncoding.encode(audience)
        let token = Secret(bearer, label: "ACTIONS_ID_TOKEN_REQUEST_TOKEN")
        let body: [UInt8]
        do throws(SecretError) {
            body = try await world.fetch(url, token)
        } catch {
            throw SecretError("\(phrase) is not to be had: the identity service \(error)")
        }
        guard let pointer = JSONPointer("/value") else { throw SecretError("\(phrase) is not to be had") }
        return try PointerSource.value(at: pointer, in: body, of: "the answer of the identity service")
    }
}
