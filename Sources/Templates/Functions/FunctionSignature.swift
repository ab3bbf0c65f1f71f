/// What a placeholder may call and with how many arguments; known while files are read, so that a mistyped function is
/// found before anything is sent.
package struct FunctionSignature: Sendable {
    package let usage: String
    package let arguments: ClosedRange<Int>

    /// By name. The last three are implemented by the module that has cryptography.
    package static let all: [String: FunctionSignature] = {
        var all = FunctionTable.standard().signatures
        all["sha256"] = FunctionSignature(usage: "sha256(text)", arguments: 1...1)
        all["sha1"] = FunctionSignature(usage: "sha1(text)", arguments: 1...1)
        all["hmac"] = FunctionSignature(usage: "hmac(alg, key, text)", arguments: 3...3)
        return all
    }()
}
