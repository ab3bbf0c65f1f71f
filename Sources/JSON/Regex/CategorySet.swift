/// A set of Unicode general categories, as `\p{…}` names them.
struct CategorySet: OptionSet, Sendable, Hashable {
    let rawValue: UInt32

    private static let names: [(name: String, category: Unicode.GeneralCategory)] = [
        ("Lu", .uppercaseLetter), ("Ll", .lowercaseLetter), ("Lt", .titlecaseLetter),
        ("Lm", .modifierLetter),
        ("Lo", .otherLetter), ("Mn", .nonspacingMark), ("Mc", .spacingMark), ("Me", .enclosingMark),
        ("Nd", .decimalNumber), ("Nl", .letterNumber), ("No", .otherNumber),
        ("Pc", .connectorPunctuation),
        ("Pd", .dashPunctuation), ("Ps", .openPunctuation), ("Pe", .closePunctuation),
        ("Pi", .initialPunctuation),
        ("Pf", .finalPunctuation), ("Po", .otherPunctuation), ("Sm", .mathSymbol),
        ("Sc", .currencySymbol),
        ("Sk", .modifierSymbol), ("So", .otherSymbol), ("Zs", .spaceSeparator), ("Zl", .lineSeparator),
        ("Zp", .paragraphSeparator), ("Cc", .control), ("Cf", .format), ("Co", .privateUse),
        ("Cn", .unassigned),
    ]

    private static let bits: [Unicode.GeneralCategory: UInt32] = Dictionary(
        uniqueKeysWithValues: names.enumerated().map { ($1.category, UInt32(1) << $0) })

    init(rawValue: UInt32) { self.rawValue = rawValue }

    /// A category (`Lu`) or a group of them (`L`), nil where RFC 9485 §4 knows no such name.
    init?(name: String) {
        var bits: UInt32 = 0
        for (place, entry) in Self.names.enumerated()
        where entry.name == name || String(entry.name.prefix(1)) == name {
            bits |= 1 << place
        }
        guard bits != 0 else { return nil }
        rawValue = bits
    }

    static var allNames: [String] { "LMNPSZC".map { String($0) } + names.map(\.name) }

    var complement: CategorySet { CategorySet(rawValue: ~rawValue) }

    func contains(_ scalar: UInt32) -> Bool {
        guard let scalar = Unicode.Scalar(scalar),
            let bit = Self.bits[scalar.properties.generalCategory]
        else {
            return false
        }
        return rawValue & bit != 0
    }

    /// Upper, lower and title case letters are one kind where case is ignored.
    var ignoringCase: CategorySet {
        let cased = ["Lu", "Ll", "Lt"].compactMap(CategorySet.init(name:)).reduce(into: CategorySet()) {
            $0.formUnion($1)
        }
        return isDisjoint(with: cased) ? self : union(cased)
    }
}
