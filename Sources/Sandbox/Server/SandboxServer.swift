import HummingbirdCore
import HummingbirdTLS
import Logging
import NIOCore
import NIOPosix
import NIOSSL
import ServiceLifecycle
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Where a started sandbox listens, on 127.0.0.1.
package struct SandboxEndpoints: Sendable, Hashable {
    /// TLS, by `Host` as the vendors.
    package let httpsPort: Int
    /// Plain HTTP, `/<vendor>/…`.
    package let httpPort: Int
    /// The certificate to trust for `httpsPort`.
    package let caPEM: String
}

/// The sandbox on two loopback ports.
package final class SandboxServer: Sendable {
    package let sandbox: Sandbox
    private let options: SandboxOptions
    private let serving = Mutex<Task<Void, any Error>?>(nil)

    package var log: RequestLog { sandbox.log }

    package init(options: SandboxOptions = SandboxOptions()) {
        self.options = options
        sandbox = Sandbox(options)
    }

    /// Makes the certificates and listens; returns once both ports answer.
    ///
    /// - Throws: `SandboxError`; `.interrupted` where the calling task was cancelled before.
    package func start() async throws -> SandboxEndpoints {
        // NIO ends the process where it gets no descriptor for its event loops. -1: there is no limit.
        let files = sysconf(Int32(_SC_OPEN_MAX))
        guard files < 0 || files >= SandboxError.neededFiles else { throw SandboxError(.tooFewFiles(files)) }
        let authority: CertificateAuthority
        let tls: TLSConfiguration
        do {
            authority = try CertificateAuthority(hosts: options.hostNames)
            tls = try Self.configuration(authority)
        } catch {
            throw SandboxError(.certificate, "\(error)")
        }
        let (ports, found) = AsyncStream.makeStream(of: Listening.self)
        let task = try claim { Task { try await self.serve(tls, found) } }
        // In a task of its own, which nobody cancels: NIO traps where a server is cancelled before it listens.
        let listening = await Task { await ports.first { _ in true } }.value
        guard let listening, case .on(let https, let http) = listening else {
            task.cancel()
            throw await failure(of: task)
        }
        if Task.isCancelled {
            await stop()
            throw SandboxError(.interrupted)
        }
        return SandboxEndpoints(httpsPort: https, httpPort: http, caPEM: authority.caCertificate)
    }

    /// Closes both ports and every connection; may be called twice, or without `start`.
    package func stop() async {
        let task = serving.withLock { $0 }
        task?.cancel()
        _ = await task?.result
    }

    private func claim(_ make: @Sendable () -> Task<Void, any Error>) throws -> Task<Void, any Error> {
        try serving.withLock { serving in
            guard serving == nil else { throw SandboxError(.alreadyStarted) }
            let task = make()
            serving = task
            return task
        }
    }

    private func failure(of task: Task<Void, any Error>) async -> SandboxError {
        do {
            try await task.value
            return SandboxError(.cannotListen, "it ended before it listened")
        } catch let error as SandboxError {
            return error
        } catch {
            return SandboxError(.cannotListen, "\(error)")
        }
    }

    // MARK: Serving

    private enum Listening: Sendable {
        case on(https: Int, http: Int)
    }

    /// Both servers in one group of our own: Hummingbird's `runService()` would install signal handlers.
    private func serve(_ tls: TLSConfiguration, _ found: AsyncStream<Listening>.Continuation) async throws {
        defer { found.finish() }
        let (started, ports) = AsyncStream.makeStream(of: (isTLS: Bool, port: Int).self)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await self.run(self.options.httpsPort, tls, ports) }
            group.addTask { try await self.run(self.options.httpPort, nil, ports) }
            group.addTask {
                var known: [Bool: Int] = [:]
                for await (isTLS, port) in started {
                    known[isTLS] = port
                    guard let https = known[true], let http = known[false] else { continue }
                    found.yield(.on(https: https, http: http))
                    return
                }
            }
            defer { group.cancelAll() }
            while try await group.next() != nil {}
        }
    }

    private func run(
        _ port: Int, _ tls: TLSConfiguration?, _ ports: AsyncStream<(isTLS: Bool, port: Int)>.Continuation
    ) async throws {
        var quiet = Logger(label: "usher.sandbox") { _ in SwiftLogNoOpLogHandler() }
        quiet.logLevel = .critical
        let log = sandbox.log
        let plain = HTTPServerBuilder.http1(configuration: .init(additionalChannelHandlers: [ConnectionCounter(log)]))
        let isTLS = tls != nil
        let responder = SandboxResponder(
            sandbox: sandbox, isTLS: isTLS, latency: options.latency, now: options.now)
        let builder = try tls.map { try HTTPServerBuilder.tls(plain, tlsConfiguration: $0) } ?? plain
        let server = try builder.buildServer(
            configuration: ServerConfiguration(address: .hostname("127.0.0.1", port: port)),
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: quiet
        ) { request, writer, channel in
            try await responder.respond(to: request, writer, over: channel)
        } onServerRunning: { channel in
            ports.yield((isTLS, channel.localAddress?.port ?? 0))
        }
        do {
            try await server.run()
        } catch let error as IOError {
            throw Self.failure(error, port)
        }
    }

    private static func failure(_ error: IOError, _ port: Int) -> SandboxError {
        switch error.errnoCode {
        case EADDRINUSE: SandboxError(.portTaken(port))
        case EACCES, EPERM: SandboxError(.portNotAllowed(port))
        default: SandboxError(.cannotListen, "\(error)")
        }
    }

    private static func configuration(_ authority: CertificateAuthority) throws -> TLSConfiguration {
        let chain = try NIOSSLCertificate.fromPEMBytes(Array(authority.serverCertificate.utf8))
        let key = try NIOSSLPrivateKey(bytes: Array(authority.serverKey.utf8), format: .pem)
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
        // Asked for and not demanded: one client logs in by its certificate, the others have none.
        configuration.certificateVerification = .optionalVerification
        configuration.trustRoots = .certificates(
            try NIOSSLCertificate.fromPEMBytes(Array(DemoCertificate.authority.utf8)))
        return configuration
    }
}
