import Testing

@testable import Contract

@Suite("The registries of checks")
struct RegistryTests {
    @Test("no two checks judge the same rule")
    func unique() {
        let ids = CheckedRule.all.map(\.id)
        #expect(Set(ids).count == ids.count)
    }
}
