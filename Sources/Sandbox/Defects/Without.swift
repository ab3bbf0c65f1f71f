extension Defect {
    /// Rules and promises that no fault of the sandbox breaks, and why; completes "not broken in the sandbox: …".
    package static let without: [String: String] = [
        "DIS-01": "without the description nobody gets a token",
        "POP-08": "it is about a client",
        "DIS-15": "it is about a client",
        "CL-08": "it is about a file on the user's side",
    ]
}
