/// What is worth saying about a bound secret whose masking cannot do what one expects.
enum SecretWarning {
    private static let common: Set<String> = [
        "admin", "bearer", "changeme", "default", "example", "false", "hello", "localhost", "nobody", "null", "passwd",
        "password", "public", "secret", "sandbox", "testing", "undefined", "username",
    ]

    /// nil where there is nothing to say. Holds the label, never the value.
    static func about(_ text: String, label: String) -> String? {
        if text.utf8.count < NeedleTable.window {
            return "the secret '\(label)' has fewer than \(NeedleTable.window) characters; it is masked only in places "
                + "that are known to hold secrets, such as Authorization"
        }
        guard common.contains(text.lowercased()) else { return nil }
        return "the secret '\(label)' is a common word; it is masked wherever that word stands in an output"
    }
}
