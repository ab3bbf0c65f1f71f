/// Names and addresses that a server chose, in our sentences.
enum ForeignWord {
    /// - Parameter other: what is said where it is too long, or nothing that people read.
    static func shown(_ text: String, else other: String = "a name that is no word") -> String {
        text.utf8.count <= 80 && text.utf8.allSatisfy { (0x21...0x7E).contains($0) } ? text : other
    }
}
