import Diagnostics
import Testing
import Tokens

/// The text that the carets stand under, with its file.
func marked(_ error: CredentialError) throws -> String {
    let place = try #require(error.place, "\(error.message)")
    return "\(place.file.path): \(String(decoding: place.file.bytes[place.range], as: UTF8.self))"
}
