import HTTP

/// Takes the bytes of a body, decoded, up to a limit.
struct BodySink {
    /// What is reserved at once at most, however much the server announces.
    private static let largestReservation = 16 << 20

    private let limit: Int
    private let kept: Int
    private(set) var bytes: [UInt8] = []
    private(set) var count = 0
    private(set) var isOverfull = false

    init(limit: Int, use: BodyUse) {
        self.limit = use == .keep ? limit : .max
        kept = use == .keep ? limit : BodyUse.head
    }

    /// False where the limit is exceeded and the transfer should end.
    mutating func take(_ chunk: UnsafeRawBufferPointer, announced: Int?) -> Bool {
        let (sum, overflow) = count.addingReportingOverflow(chunk.count)
        guard !overflow, sum <= limit else {
            isOverfull = true
            return false
        }
        if count < kept {
            if count == 0, let announced, announced > chunk.count {
                bytes.reserveCapacity(min(announced, kept, Self.largestReservation))
            }
            bytes.append(contentsOf: chunk.prefix(kept - count))
        }
        count = sum
        return true
    }
}
