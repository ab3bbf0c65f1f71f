import HTTP
import Tokens

extension ResourceProbe {
    /// The same address without TLS, and without any credential: what travels there, everybody reads.
    static let plainHTTP = ResourceProbe("N-45", class: 1) { material in
        let url = material.request.url
        guard url.scheme == "https" else { return .impossible("the request goes over plain HTTP itself") }
        guard url.port == HTTPURL.defaultPort("https") else {
            return .impossible("the API has a port of its own, whose plain twin is not known")
        }
        let plain = HTTPURL(scheme: "http", host: url.host, port: 80, path: url.path, query: url.query)
        return material.attempt { () throws(CredentialError) in
            [try material.bare("without TLS and without credential") { $0.url = plain }]
        }
    }
}
