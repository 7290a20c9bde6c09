/// What a daemon does while it is killed, and what was there before.
struct KillScenario: Sendable {
  enum Start: Sendable {
    case ordinary
    /// Nothing is there yet: the schema is made, and the act logs in.
    case first
    /// The store is one of the first schema.
    case oldSchema
  }

  let name: String
  var start = Start.ordinary
  /// Messages that Bob has written and the mirror does not have.
  var backlog = 0
  /// Letters that were accepted earlier, while the server was away.
  var waiting = 0
  /// The server has stored the first of them, and the daemon died before it heard of that.
  var isInDoubt = false
  /// Letters that the act sends.
  var letters = 0
  var isServerAway = false

  /// The six, and the very first start.
  static let all = [
    KillScenario(name: "enqueue", letters: 3, isServerAway: true),
    KillScenario(name: "send", letters: 3),
    KillScenario(name: "confirm", waiting: 3),
    KillScenario(name: "backfill", backlog: 300),
    KillScenario(name: "migration", start: .oldSchema),
    KillScenario(name: "recovery", waiting: 2, isInDoubt: true),
    KillScenario(name: "first start", start: .first, letters: 1),
  ]
}

/// A message with an id of its own, so that it can be sent again.
struct Letter: Sendable {
  let number: Int

  var cid: String {
    let digits = String(number)
    return "00000000-0000-4000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits
  }
  var text: String { "letter \(number)" }

  func request(to recipient: String) -> String {
    """
    {"cid":"\(cid)","to":"\(recipient)","content":"\(text)","price":null,"metadata":null,\
    "createNew":false,"hasImage":false,"wait":"no","timeoutSeconds":null}
    """
  }
}
