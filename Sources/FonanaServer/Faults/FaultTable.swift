import Synchronization

/// The faults that wait for their requests. Each request takes the first that fits.
package final class FaultTable: Sendable {
  private struct Entry {
    let id: Int
    var fault: Fault
  }

  private struct Guarded {
    var entries: [Entry] = []
    var nextID = 1
  }

  private let guarded = Mutex(Guarded())
  /// Counts the calls of `removeAll`, which end every hang.
  private let clearings = Observed(0)

  init() {}

  /// Adds a fault behind the others and returns its id.
  @discardableResult
  package func add(_ fault: Fault) -> Int {
    guarded.withLock { guarded in
      defer { guarded.nextID += 1 }
      guarded.entries.append(Entry(id: guarded.nextID, fault: fault))
      return guarded.nextID
    }
  }

  package func remove(_ id: Int) {
    guarded.withLock { guarded in guarded.entries.removeAll { $0.id == id } }
  }

  /// Removes all faults; requests that hang are cut.
  package func removeAll() {
    guarded.withLock { $0.entries = [] }
    clearings.update { $0 += 1 }
  }

  /// Faults that have strikes left.
  package var pending: [Fault] {
    guarded.withLock { $0.entries.map(\.fault) }
  }

  func take(for request: RequestRecord) -> Fault? {
    guarded.withLock { guarded in
      guard let index = guarded.entries.firstIndex(where: { $0.fault.applies(to: request) }) else {
        return nil
      }
      let fault = guarded.entries[index].fault
      guard fault.skip == 0 else {
        guarded.entries[index].fault.skip -= 1
        return nil
      }
      if let count = fault.count {
        guarded.entries[index].fault.count = count - 1
        if count <= 1 { guarded.entries.remove(at: index) }
      }
      return fault
    }
  }

  /// To be read before `take`, so that a clearing in between is not missed.
  var clearingCount: Int { clearings.read { $0 } }

  func waitUntilCleared(since count: Int) async throws {
    try await clearings.wait { $0 != count }
  }
}
