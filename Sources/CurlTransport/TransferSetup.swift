import CCurl
import HTTP

/// What of a request is set on an easy handle and stays there until a later request differs.
struct TransferSetup {
    /// The form of request libcurl is told; the method's name may be another one.
    private enum Form { case none, get, head, post }

    private var form = Form.none
    private var customMethod: String?
    private var headers: HeaderFields = []
    private var withoutHeaders: [String] = []
    private var timeout = -1
    private var connectTimeout = -1
    private var decompresses = false
    private var connectTo: OpaquePointer?
    /// What is sent as a body; not nil where the form is `post`.
    private(set) var body: [UInt8]?

    /// Connections go elsewhere than the URL says.
    var isLed: Bool { connectTo != nil }

    /// A fresh easy handle.
    init() {}

    init(_ request: HTTPRequest, connectTo: OpaquePointer?) {
        body = Self.body(of: request)
        form = request.method == .head ? .head : body == nil ? .get : .post
        let usual: HTTPMethod = form == .head ? .head : form == .get ? .get : .post
        customMethod = request.method == usual ? nil : request.method.rawValue
        headers = request.headers
        withoutHeaders = request.withoutHeaders
        timeout = Self.milliseconds(request.timeout)
        connectTimeout = Self.milliseconds(request.connectTimeout)
        decompresses = request.decompress
        self.connectTo = connectTo
    }

    /// Sets what differs from `current`, which afterwards tells what is set; where it throws, the handle is of no more use.
    func apply(over current: inout TransferSetup, to handle: EasyHandle) throws(TransportError) {
        if headers != current.headers || withoutHeaders != current.withoutHeaders
            || (form == .post) != (current.form == .post)
        {
            try handle.setHeaders(lines)
        }
        if form != current.form { try setForm(handle) }
        if customMethod != current.customMethod { try handle.set(.customRequest, customMethod) }
        if timeout != current.timeout { try handle.set(.timeout, timeout) }
        if connectTimeout != current.connectTimeout { try handle.set(.connectTimeout, connectTimeout) }
        if decompresses != current.decompresses {
            // An empty text stands for everything this libcurl decodes.
            try handle.set(.acceptEncoding, decompresses ? "" : nil)
        }
        if connectTo != current.connectTo { try handle.set(.connectTo, connectTo) }
        current = self
        current.body = nil
    }

    private func setForm(_ handle: EasyHandle) throws(TransportError) {
        switch form {
        case .none: break
        case .get: try handle.set(.httpGet, 1)
        case .head: try handle.set(.noBody, 1)
        case .post: try handle.set(.post, 1)
        }
    }

    /// The lines libcurl is given: `Name: value`, `Name;` for an empty value, `Name:` to keep it from adding its own.
    private var lines: [String] {
        var lines = headers.map { field in
            field.value.utf8.allSatisfy { $0 == 0x20 || $0 == 0x09 }
                ? field.name + ";" : field.name + ": " + field.value
        }
        // A credential may have set one of them after all.
        for name in withoutHeaders where !headers.contains(name: name) { lines.append(name + ":") }
        guard form == .post else { return lines }
        // Bodies above 1 MB would wait up to a second for a 100.
        if !headers.contains(name: "Expect") { lines.append("Expect:") }
        // libcurl takes any body for a form.
        if !headers.contains(name: "Content-Type") { lines.append("Content-Type:") }
        return lines
    }

    /// POST, PUT and PATCH say `Content-Length: 0` where there is no body (RFC 9110 §8.6).
    private static func body(of request: HTTPRequest) -> [UInt8]? {
        switch request.body {
        case .bytes(let bytes): bytes
        case .none: request.method == .post || request.method == .put || request.method == .patch ? [] : nil
        }
    }

    /// At least 1, since 0 would be no limit at all, and within libcurl's bounds.
    private static func milliseconds(_ duration: Duration) -> Int {
        let (seconds, attoseconds) = duration.components
        guard seconds < 2_000_000 else { return 2_000_000_000 }
        guard seconds >= 0 else { return 1 }
        return max(1, Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000))
    }
}
