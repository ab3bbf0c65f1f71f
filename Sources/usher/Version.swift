import CurlTransport

enum Version {
    static let number = "0.1.0"

    /// Usher's version and that of the libcurl that was loaded, not the one it was built with.
    static var text: String { "usher \(number)\nlibcurl \(CurlTransport.libraryDescription)" }
}
