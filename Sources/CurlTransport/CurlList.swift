import CCurl
import HTTP

/// Owns a `curl_slist`; whoever hands it to an easy handle keeps it as long as the handle uses it.
struct CurlList: ~Copyable {
    private(set) var head: OpaquePointer?

    init() {}

    init(_ lines: [String]) throws(TransportError) {
        for line in lines { try append(line) }
    }

    deinit { ccurl_list_destroy(head) }

    mutating func append(_ line: String) throws(TransportError) {
        guard let grown = ccurl_list_append(head, line) else {
            throw TransportError(.other, "there is not enough memory to set up the request")
        }
        head = grown
    }
}
