import FonanaCore

/// One pop-up for all that was written while nobody looked.
struct MissedSummary: Sendable {
  private static let mostNames = 5

  let due: Duration
  /// In the order in which they became known.
  private var senders: [(name: String, count: Int)] = []

  init(due: Duration) { self.due = due }

  mutating func add(_ count: Int, from sender: String?) {
    let name = DisplayText.line(sender ?? "Somebody", limit: 64)
    if let index = senders.firstIndex(where: { $0.name == name }) {
      senders[index].count += count
    } else {
      senders.append((name, count))
    }
  }

  var title: String {
    let count = senders.reduce(0) { $0 + $1.count }
    return count == 1 ? "1 new message" : "\(count) new messages"
  }

  var body: String {
    let names = senders.prefix(Self.mostNames).map { "\($0.name) (\($0.count))" }
    let further = senders.count - names.count
    return names.joined(separator: ", ") + (further > 0 ? " and \(further) more" : "")
  }
}
