extension Defect {
    /// Rules and promises that no fault of the sandbox breaks, and why; completes "not broken in the sandbox: …".
    package static let without: [String: String] = [
        "RES-36": "no vendor binds tokens to a key or certificate",
        "DIS-01": "without the description nobody gets a token",
        "DIS-03": "a description of another issuer is not believed, and then nobody gets a token",
        "DIS-04": "an issuer that is no plain address is not asked at all",
        "DIS-14": "no client of the sandbox has a certificate",
        "DIS-15": "no client of the sandbox has a certificate",
        "DIS-18": "no run reads the description of an API", "DIS-19": "no run reads the description of an API",
        "DIS-20": "no run reads the description of an API", "DIS-21": "no run reads the description of an API",
        "DIS-22": "no run reads the description of an API",
        "REV-08": "no run has the token of a second client",
        "CL-08": "it is about a file on the user's side",
    ]
}
