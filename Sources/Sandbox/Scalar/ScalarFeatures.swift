/// What an audience and scopes put into a token. The page names the audience `API` and the scopes `UMAPI` and `PLAPI`;
/// the features behind them, and a second audience to be wrong with, are the sandbox's.
enum ScalarFeatures {
    static let audiences: [String: Set<String>] = [
        "API": ["assets.read", "assets.write", "positions.read", "reports.write"],
        "PORTAL": ["portal.view"],
    ]

    static let scopes: [String: Set<String>] = [
        "UMAPI": ["users.read", "users.write"],
        "PLAPI": ["places.read", "places.write"],
    ]

    static var everything: Set<String> {
        (Array(audiences.values) + Array(scopes.values)).reduce(into: []) { $0.formUnion($1) }
    }

    /// Of an organisation that has not bought the places product.
    static var withoutPlaces: Set<String> { everything.subtracting(scopes["PLAPI"] ?? []) }
}
