import HTTP
import JSON
import Secrets
import Testing
import Tokens

/// The members of a form body.
func form(_ request: HTTPRequest) -> [String: String] {
    var members: [String: String] = [:]
    for pair in request.bodyText.split(separator: "&") {
        let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        members[decoded(parts[0])] = parts.count == 2 ? decoded(parts[1]) : ""
    }
    return members
}

func decoded(_ text: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
        if byte == UInt8(ascii: "%"), let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) {
            bytes.append(value)
            rest = rest.dropFirst(2)
        } else {
            bytes.append(byte == UInt8(ascii: "+") ? 0x20 : byte)
        }
    }
    return String(decoding: bytes, as: UTF8.self)
}

/// Header and claims of a JWT.
func parts(of jwt: String) throws -> (header: JSONNode, claims: JSONNode) {
    let parts = jwt.split(separator: ".", omittingEmptySubsequences: false)
    try #require(parts.count == 3)
    return (
        try JSONDocument.parse(try #require(Base64.decode(parts[0]))).root,
        try JSONDocument.parse(try #require(Base64.decode(parts[1]))).root
    )
}

func signature(of jwt: String) throws -> (signed: [UInt8], signature: [UInt8]) {
    let parts = jwt.split(separator: ".", omittingEmptySubsequences: false)
    try #require(parts.count == 3)
    return (Array("\(parts[0]).\(parts[1])".utf8), try #require(Base64.decode(parts[2])))
}

let bearerAnswer = #"{"access_token":"the-access-token","token_type":"Bearer","expires_in":3600}"#
