/// Events in the order of their instants, those of one instant in the order of their coming.
struct EventQueue {
  private struct Entry {
    var at: Duration
    var number: Int
    /// Place in `events`: entries that are moved about stay small.
    var slot: Int

    func comesBefore(_ other: Entry) -> Bool {
      at != other.at ? at < other.at : number < other.number
    }
  }

  private var heap: [Entry] = []
  private var events: [SimEvent?] = []
  private var freeSlots: [Int] = []
  private var lastNumber = 0

  var isEmpty: Bool { heap.isEmpty }

  mutating func add(_ event: SimEvent, at instant: Duration) {
    lastNumber += 1
    let slot = freeSlots.popLast() ?? events.count
    if slot == events.count { events.append(event) } else { events[slot] = event }
    heap.append(Entry(at: instant, number: lastNumber, slot: slot))
    var child = heap.count - 1
    while child > 0, heap[child].comesBefore(heap[(child - 1) / 2]) {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  mutating func next() -> (at: Duration, event: SimEvent)? {
    guard let first = heap.first else { return nil }
    let last = heap.removeLast()
    if !heap.isEmpty {
      heap[0] = last
      sink()
    }
    freeSlots.append(first.slot)
    defer { events[first.slot] = nil }
    return events[first.slot].map { (first.at, $0) }
  }

  private mutating func sink() {
    var parent = 0
    while true {
      let left = 2 * parent + 1
      guard left < heap.count else { return }
      let right = left + 1
      let isRight = right < heap.count && heap[right].comesBefore(heap[left])
      let child = isRight ? right : left
      guard heap[child].comesBefore(heap[parent]) else { return }
      heap.swapAt(child, parent)
      parent = child
    }
  }
}
