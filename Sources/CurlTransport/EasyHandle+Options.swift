import CCurl
import HTTP

/// The setters, one for each kind of option. A library that lacks an option (one built without TLS, say) answers with an
/// error that names it; that is an error for the user too, never a trap.
extension EasyHandle {
    func set(_ option: LongOption, _ value: Int) throws(TransportError) {
        try checked(ccurl_easy_set_long(easy, option.id, value), option.id)
    }

    func set(_ option: OffsetOption, _ value: Int64) throws(TransportError) {
        try checked(ccurl_easy_set_offset(easy, option.id, value), option.id)
    }

    func set(_ option: StringOption, _ value: String?) throws(TransportError) {
        let code =
            if let value {
                value.withCString { ccurl_easy_set_string(easy, option.id, $0) }
            } else {
                ccurl_easy_set_string(easy, option.id, nil)
            }
        try checked(code, option.id)
    }

    func set(_ option: ListOption, _ value: OpaquePointer?) throws(TransportError) {
        try checked(ccurl_easy_set_list(easy, option.id, value), option.id)
    }

    func set(_ option: PointerOption, _ value: UnsafeMutableRawPointer) throws(TransportError) {
        try checked(ccurl_easy_set_pointer(easy, option.id, value), option.id)
    }

    func set(_ option: BlobOption, _ value: [UInt8]) throws(TransportError) {
        let code = value.withUnsafeBytes { bytes in
            // An empty blob would mean "no blob" and let the system's authorities in; a blank line holds none.
            bytes.baseAddress.map { ccurl_easy_set_blob(easy, option.id, $0, bytes.count) }
                ?? ccurl_easy_set_blob(easy, option.id, "\n", 1)
        }
        try checked(code, option.id)
    }

    func set(_ option: FunctionOption, _ value: ccurl_write_function) throws(TransportError) {
        try checked(ccurl_easy_set_function(easy, option.id, value), option.id)
    }

    private func checked(_ code: Int32, _ option: Int32) throws(TransportError) {
        guard code != CCURL_OK else { return }
        var name: UnsafePointer<CChar>?
        var type: Int32 = 0
        let known = ccurl_option_describe(option, &name, &type)
        try checked(code, "the option \(known ? name.map { String(cString: $0) } ?? "" : "\(option)")")
    }

    func checked(_ code: Int32, _ what: String) throws(TransportError) {
        guard code != CCURL_OK else { return }
        throw TransportError(
            .other,
            "libcurl \(CurlTransport.libraryVersion) does not accept \(what): \(String(cString: ccurl_easy_text(code)))",
            code: code)
    }
}
