import CurlTransport
import HTTP
import Secrets
import Workspace

extension SecretWorld {
    /// The variables, files and terminal of this process; programs where the person who runs it allows them.
    static func process(
        _ options: EnvironmentOptions, _ wiring: TransferWiring, _ redactor: Redactor
    ) -> SecretWorld {
        var world = SecretWorld(variables: ProcessVariables.all, readFile: Files.read)
        world.allowsCommands = options.allowCommands || ProcessVariables.value("USHER_ALLOW_COMMANDS") == "1"
        world.fetch = { (url, bearer) throws(SecretError) in
            redactor.register(bearer)
            return try await IdentityService(wiring: wiring).answer(url, bearer)
        }
        return world
    }
}

/// Asks the CI's identity service once, on a transport of its own: the run's does not exist yet.
private struct IdentityService: Sendable {
    let wiring: TransferWiring

    func answer(_ address: String, _ bearer: Secret) async throws(SecretError) -> [UInt8] {
        let transport: CurlTransport
        do throws(TransportError) {
            transport = try CurlTransport(wiring.transport(lanes: 1, nil))
        } catch {
            throw SecretError("cannot be asked: \(error.message)")
        }
        let result = await answer(address, bearer, transport)
        await transport.shutdown()
        return try result.get()
    }

    private func answer(
        _ address: String, _ bearer: Secret, _ transport: CurlTransport
    ) async -> Result<[UInt8], SecretError> {
        guard let url = try? HTTPURL(parsing: address), url.scheme == "https" || url.host == "127.0.0.1" else {
            return .failure(SecretError("has no https:// URL"))
        }
        let request = HTTPRequest(
            .get, url,
            headers: [
                HeaderField("Authorization", "Bearer \(bearer.reveal())", isSensitive: true),
                HeaderField("Accept", "application/json"),
            ], timeout: .seconds(20), maxBody: 1 << 20)
        do throws(TransportError) {
            let response = try await transport.send(request, pool: PoolKey(identity: "ci"))
            guard response.status == 200 else { return .failure(SecretError("answered \(response.status)")) }
            return .success(response.body)
        } catch {
            return .failure(SecretError("gave no answer: \(error.message)"))
        }
    }
}
