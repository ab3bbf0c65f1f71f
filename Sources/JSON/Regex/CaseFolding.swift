/// Simple case folding (Unicode CaseFolding.txt, statuses C and S): one scalar becomes one scalar.
enum CaseFolding {
    @inline(__always)
    static func fold(_ scalar: UInt32) -> UInt32 {
        if scalar < 0x80 { return scalar &- 0x41 < 26 ? scalar | 0x20 : scalar }
        return folds[scalar] ?? scalar
    }

    /// The range and the folds of what is in it.
    static func fold(_ range: ClosedRange<UInt32>) -> [ClosedRange<UInt32>] {
        var result = [range]
        for scalar in range.clamped(to: 0...0x7F) where range.contains(scalar) {
            result.append(fold(scalar)...fold(scalar))
        }
        if range.upperBound >= 0x80 {
            for (scalar, folded) in folds where range.contains(scalar) { result.append(folded...folded) }
        }
        return result
    }

    /// The standard library offers full mappings only; those of one scalar, upper case first and then lower case, give
    /// the simple folding (ſ and K become s and k, ς becomes σ, ẞ becomes ß). No cased scalar lies beyond U+1EFFF.
    private static let folds: [UInt32: UInt32] = {
        var folds: [UInt32: UInt32] = [:]
        // The dotless i folds to i only in Turkish.
        for value in UInt32(0x80)..<0x1F000 where value != 0x131 {
            guard let scalar = Unicode.Scalar(value), scalar.properties.changesWhenCaseMapped else {
                continue
            }
            let upper = single(scalar.properties.uppercaseMapping) ?? scalar
            let folded = single(upper.properties.lowercaseMapping) ?? upper
            if folded != scalar { folds[value] = folded.value }
        }
        return folds
    }()

    private static func single(_ text: String) -> Unicode.Scalar? {
        let scalars = text.unicodeScalars
        return scalars.count == 1 ? scalars.first : nil
    }
}
