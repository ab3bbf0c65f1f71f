import HTTP

/// Takes the bytes of a body, decoded, up to a limit.
struct BodySink {
    /// What is reserved at once at most, however much the server announces.
    private static let largestReservation = 16 << 20

    private let limit: Int
    private let keeps: Bool
    private(set) var bytes: [UInt8] = []
    private(set) var count = 0
    private(set) var isOverfull = false

    init(limit: Int, use: BodyUse) {
        self.limit = limit
        keeps = use == .keep
    }

    /// False where the limit is exceeded and the transfer should end.
    mutating func take(_ chunk: UnsafeRawBufferPointer, announced: Int?) -> Bool {
        let (sum, overflow) = count.addingReportingOverflow(chunk.count)
        guard !overflow, sum <= limit else {
            isOverfull = true
            return false
        }
        if keeps {
            if count == 0, let announced, announced > chunk.count {
                bytes.reserveCapacity(min(announced, limit, Self.largestReservation))
            }
            bytes.append(contentsOf: chunk)
        }
        count = sum
        return true
    }
}
