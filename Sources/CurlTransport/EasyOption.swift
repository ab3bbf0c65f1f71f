import CCurl

// The options we set, one enumeration for each setter type: an option cannot be set through the wrong one, and a test
// compares all cases with the loaded library's own list.
//
// Not here on purpose: HSTS and alt-svc (off until a file or a control mask is given) and every kind of redirect
// following, authentication and cookie engine, which are ours.

/// Options that take a C `long`.
enum LongOption: CaseIterable {
    case connectTimeout, followLocation, httpGet, httpVersion, minimumTLS, netrc, noBody, noSignal, pathAsIs, post,
        quickExit
    case suppressConnectHeaders, timeout, verifyHost, verifyPeer

    var id: Int32 {
        switch self {
        case .connectTimeout: CCURL_OPT_CONNECTTIMEOUT_MS
        case .followLocation: CCURL_OPT_FOLLOWLOCATION
        case .httpGet: CCURL_OPT_HTTPGET
        case .httpVersion: CCURL_OPT_HTTP_VERSION
        case .minimumTLS: CCURL_OPT_SSLVERSION
        case .netrc: CCURL_OPT_NETRC
        case .noBody: CCURL_OPT_NOBODY
        case .noSignal: CCURL_OPT_NOSIGNAL
        case .pathAsIs: CCURL_OPT_PATH_AS_IS
        case .post: CCURL_OPT_POST
        case .quickExit: CCURL_OPT_QUICK_EXIT
        case .suppressConnectHeaders: CCURL_OPT_SUPPRESS_CONNECT_HEADERS
        case .timeout: CCURL_OPT_TIMEOUT_MS
        case .verifyHost: CCURL_OPT_SSL_VERIFYHOST
        case .verifyPeer: CCURL_OPT_SSL_VERIFYPEER
        }
    }
}

/// Options that take a `curl_off_t`.
enum OffsetOption: CaseIterable {
    case postFieldSize

    var id: Int32 {
        switch self {
        case .postFieldSize: CCURL_OPT_POSTFIELDSIZE_LARGE
        }
    }
}

/// Options that copy a text.
enum StringOption: CaseIterable {
    case acceptEncoding, caFile, caFolder, certificate, customRequest, key, protocols, proxy, proxyCAFolder, url
    case userAgent

    var id: Int32 {
        switch self {
        case .acceptEncoding: CCURL_OPT_ACCEPT_ENCODING
        case .caFile: CCURL_OPT_CAINFO
        case .caFolder: CCURL_OPT_CAPATH
        case .certificate: CCURL_OPT_SSLCERT
        case .customRequest: CCURL_OPT_CUSTOMREQUEST
        case .key: CCURL_OPT_SSLKEY
        case .protocols: CCURL_OPT_PROTOCOLS_STR
        case .proxy: CCURL_OPT_PROXY
        case .proxyCAFolder: CCURL_OPT_PROXY_CAPATH
        case .url: CCURL_OPT_URL
        case .userAgent: CCURL_OPT_USERAGENT
        }
    }
}

/// Options that borrow a list.
enum ListOption: CaseIterable {
    case connectTo, headers, resolve

    var id: Int32 {
        switch self {
        case .connectTo: CCURL_OPT_CONNECT_TO
        case .headers: CCURL_OPT_HTTPHEADER
        case .resolve: CCURL_OPT_RESOLVE
        }
    }
}

/// Options that take a pointer which libcurl reads, writes or hands back.
enum PointerOption: CaseIterable {
    case copiedPostFields, errorBuffer, headerContext, owner, writeContext

    var id: Int32 {
        switch self {
        case .copiedPostFields: CCURL_OPT_COPYPOSTFIELDS
        case .errorBuffer: CCURL_OPT_ERRORBUFFER
        case .headerContext: CCURL_OPT_HEADERDATA
        case .owner: CCURL_OPT_PRIVATE
        case .writeContext: CCURL_OPT_WRITEDATA
        }
    }
}

/// Options that copy bytes with their length.
enum BlobOption: CaseIterable {
    case caBundle, certificate, key

    var id: Int32 {
        switch self {
        case .caBundle: CCURL_OPT_CAINFO_BLOB
        case .certificate: CCURL_OPT_SSLCERT_BLOB
        case .key: CCURL_OPT_SSLKEY_BLOB
        }
    }
}

/// Options that take one of our callbacks.
enum FunctionOption: CaseIterable {
    case header, write

    var id: Int32 {
        switch self {
        case .header: CCURL_OPT_HEADERFUNCTION
        case .write: CCURL_OPT_WRITEFUNCTION
        }
    }
}
