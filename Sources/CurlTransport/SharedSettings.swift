import CCurl
import HTTP

/// What is set once on each easy handle: the run's options and the pool's.
final class SharedSettings {
    let options: TransportOptions
    private let resolve: CurlList
    private let connectTo: CurlList
    private let plainConnectTo: CurlList

    init(_ options: TransportOptions) throws(TransportError) {
        self.options = options
        resolve = try CurlList(options.sandbox == nil ? options.resolve : [])
        if let sandbox = options.sandbox {
            connectTo = try CurlList(["::127.0.0.1:\(sandbox.tlsPort)"])
            plainConnectTo = try CurlList(["::127.0.0.1:\(sandbox.plainPort)"])
        } else {
            connectTo = try CurlList(options.connectTo)
            plainConnectTo = try CurlList(options.connectTo)
        }
    }

    /// Where connections for a URL are led, nil where they go to its host.
    func connectTo(_ url: HTTPURL) -> OpaquePointer? { url.scheme == "https" ? connectTo.head : plainConnectTo.head }

    func apply(to handle: EasyHandle, _ key: PoolKey) throws(TransportError) {
        try handle.set(.noSignal, 1)
        // A resolver thread that still waits must not hold up the end of the process.
        try handle.set(.quickExit, 1)
        try handle.set(.protocols, "http,https")
        try handle.set(.httpVersion, CCURL_HTTP_2_OVER_TLS)
        try handle.set(.followLocation, 0)
        try handle.set(.netrc, 0)
        try handle.set(.pathAsIs, 1)
        try handle.set(.suppressConnectHeaders, 1)
        try handle.set(.userAgent, options.userAgent)
        if resolve.head != nil { try handle.set(.resolve, resolve.head) }
        try applyProxy(to: handle, key)
        try applyTLS(to: handle, key)
    }

    private func applyProxy(to handle: EasyHandle, _ key: PoolKey) throws(TransportError) {
        let proxy = options.sandbox == nil ? key.proxy ?? options.proxy : ""
        // Not set at all, libcurl asks the environment.
        if let proxy { try handle.set(.proxy, proxy) }
    }

    private func applyTLS(to handle: EasyHandle, _ key: PoolKey) throws(TransportError) {
        // With Debian's default folder the right CA was found there although another one was given, and a fresh
        // connection took 66 ms instead of 7.
        try handle.set(.caFolder, nil)
        try handle.set(.proxyCAFolder, nil)
        try applyTrust(to: handle, key.policy)
        try handle.set(.verifyPeer, options.insecure ? 0 : 1)
        try handle.set(.verifyHost, options.insecure ? 0 : 2)
        switch key.policy.minimum {
        case .tls12?: try handle.set(.minimumTLS, CCURL_TLS_1_2)
        case .tls13?: try handle.set(.minimumTLS, CCURL_TLS_1_3)
        case nil: break
        }
        if let identity = key.tls { try apply(identity, to: handle) }
    }

    /// The provider's own authorities take the place of the run's; in the sandbox its own alone vouches.
    private func applyTrust(to handle: EasyHandle, _ policy: TLSPolicy) throws(TransportError) {
        if options.sandbox == nil, let authorities = policy.authorities {
            return try handle.set(.caBundle, Array(authorities.utf8))
        }
        switch options.trust {
        case .system: break
        case .file(let path): try handle.set(.caFile, path)
        case .pem(let bytes): try handle.set(.caBundle, bytes)
        }
    }

    private func apply(_ identity: TLSClientIdentity, to handle: EasyHandle) throws(TransportError) {
        let key = identity.key ?? identity.certificate
        switch identity.form {
        case .files:
            try handle.set(StringOption.certificate, identity.certificate)
            try handle.set(StringOption.key, key)
        case .text:
            try handle.set(BlobOption.certificate, Array(identity.certificate.utf8))
            try handle.set(BlobOption.key, Array(key.utf8))
        }
    }
}
