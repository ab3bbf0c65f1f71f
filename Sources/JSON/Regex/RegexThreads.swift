/// The places in the program that the machine is at, best rank first, each with the slots it kept on its way.
struct RegexThreads {
    private let slotCount: Int
    private var places: [Int] = []
    /// `slotCount` for each place.
    private var kept: [Int] = []
    /// The round in which a place was seen last; saves clearing.
    private var seen: [Int]
    private var round = 1
    private var slots: [Int]
    private var open: [Frame] = []

    /// A place still to follow or, behind the ways through a `save`, a slot to put back.
    private enum Frame {
        case follow(Int)
        case restore(slot: Int, Int)
    }

    init(_ program: RegexProgram, slotCount: Int) {
        self.slotCount = slotCount
        seen = [Int](repeating: 0, count: program.instructions.count)
        slots = [Int](repeating: -1, count: slotCount)
    }

    var isEmpty: Bool { places.isEmpty }
    var count: Int { places.count }

    @inline(__always)
    func place(of thread: Int) -> Int { places[thread] }

    func slots(of thread: Int) -> [Int] { Array(kept[thread * slotCount..<(thread + 1) * slotCount]) }

    mutating func clear() {
        places.removeAll(keepingCapacity: true)
        kept.removeAll(keepingCapacity: true)
        round += 1
    }

    /// A new attempt, below all others in rank.
    mutating func begin(in program: RegexProgram, at reader: RegexReader) {
        for slot in slots.indices { slots[slot] = -1 }
        follow(0, in: program, at: reader)
    }

    /// Goes on behind the instruction of a thread that took its scalar.
    @inline(__always)
    mutating func take(
        _ thread: Int, of others: RegexThreads, in program: RegexProgram, at reader: RegexReader
    ) {
        for slot in 0..<slotCount { slots[slot] = others.kept[thread * slotCount + slot] }
        follow(others.places[thread] + 1, in: program, at: reader)
    }

    /// Adds every place that can be reached without taking a scalar, in order of rank.
    private mutating func follow(_ start: Int, in program: RegexProgram, at reader: RegexReader) {
        open.append(.follow(start))
        while let frame = open.popLast() {
            switch frame {
            case .restore(let slot, let value): slots[slot] = value
            case .follow(let place):
                guard seen[place] != round else { continue }
                seen[place] = round
                visit(place, in: program, at: reader)
            }
        }
    }

    private mutating func visit(_ place: Int, in program: RegexProgram, at reader: RegexReader) {
        switch program.instructions[place] {
        case .jump(let target): open.append(.follow(target))
        case .split(let preferred, let other):
            open.append(.follow(other))
            open.append(.follow(preferred))
        case .save(let slot):
            if slot < slotCount {
                open.append(.restore(slot: slot, slots[slot]))
                slots[slot] = reader.position
            }
            open.append(.follow(place + 1))
        case .assert(let assertion):
            if assertion.holds(reader.before, reader.scalar) { open.append(.follow(place + 1)) }
        case .scalar, .oneOf, .match:
            places.append(place)
            kept.append(contentsOf: slots)
        }
    }
}
