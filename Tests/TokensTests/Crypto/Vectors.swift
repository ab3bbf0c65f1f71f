import JSON
import TestSupport

/// Files of `Fixtures/`.
enum Vectors {
    static let folder = "\(#filePath)".replacing("/Crypto/Vectors.swift", with: "/Fixtures")

    static func text(_ name: String) throws -> String {
        String(decoding: try TemporaryFolder.read("\(folder)/\(name)"), as: UTF8.self)
    }

    static func json(_ name: String) throws -> JSONNode { try JSONDocument.parse(text(name)).root }
}
