import FonanaCore

/// The story of one message's POSTs.
struct PostRecord {
  enum State { case onTheWay, unknown, over }

  let conversation: ConversationID
  private(set) var state: State = .onTheWay
  private(set) var count = 1
  /// The server's clock at the last POST.
  private(set) var postedAt: Timestamp
  private var notBefore: Duration = .zero
  private var needed = 2
  /// Beginnings of complete looks that did not find it.
  private var negatives: [Duration] = []

  init(conversation: ConversationID, at server: Timestamp) {
    self.conversation = conversation
    postedAt = server
  }

  var isOnTheWay: Bool { state == .onTheWay }
  var isOpen: Bool { state != .over }
  /// The server has been looked through as often as its doubt asks for.
  var isSettled: Bool { state == .over || (state == .unknown && negatives.count >= needed) }
  var story: String { "\(state), \(negatives.count) of \(needed) negatives" }

  mutating func postedAgain(at server: Timestamp) {
    count += 1
    state = .onTheWay
    postedAt = server
    negatives = []
  }

  mutating func isOver() { state = .over }

  mutating func becomesUnknown(at now: Duration, after seconds: Int, needs: Int) {
    state = .unknown
    notBefore = now + .seconds(seconds)
    needed = needs
    negatives = []
  }

  /// A look that began then has reached down below the POST.
  mutating func lookedThrough(since begin: Duration) {
    guard state == .unknown, begin >= notBefore else { return }
    if let last = negatives.last, begin < last + .seconds(29) { return }
    negatives.append(begin)
  }
}
