import Diagnostics
import Testing

/// Wrong profiles, and what a user sees of each.
enum WrongProfiles {
    static let all = structure + tokens + assertions + reach + tls
}

@Suite("Wrong profiles")
struct WrongProfileTests {
    @Test("What is wrong, where, and what would be right", arguments: WrongProfiles.all)
    func shown(_ file: String, _ shown: String) {
        let (provider, problems) = reading(file)
        #expect(provider == nil)
        #expect(problems.map(\.description).joined(separator: "\n") == shown)
    }
}
