/// DEV-01 … DEV-06 and PKC-01 … PKC-08: logins to which a person has to agree.
enum PersonChecks {
    static let all: [TokenRuleCheck] = [
        .untried("DEV-01", noDevice), .untried("DEV-02", noDevice), .untried("DEV-03", noDevice),
        .untried("DEV-04", noDevice),
        .untried("DEV-05", "it takes the whole life of a code, or a person who refuses"),
        .untried("DEV-06", noDevice),
        .untried("PKC-01", noPage), .untried("PKC-02", noCode), .untried("PKC-03", noCode),
        .untried("PKC-04", "trying it takes a browser login; what the description says of it is DIS-11"),
        .untried("PKC-05", noCode), .untried("PKC-06", noPage), .untried("PKC-07", noPage),
        .untried("PKC-08", "a browser login with a wrong 'iss' is refused, and ends the run's request for a token"),
    ]

    private static let noDevice = "this version starts no device login that nobody is asked to agree to"
    private static let noPage = "the page that a login begins with is for a person, and nothing but a browser opens it"
    private static let noCode = "it takes a code, and a person has to agree to each one"
}
