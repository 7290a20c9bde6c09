package import FonanaCore

/// The messages that wait for the server, in lanes: one for each person written to. Only the head
/// of a lane may move (docs/reliability.md, “The life of a message”).
package struct Outbox: Sendable {
  /// What is under way for an item. In memory only: after a crash it is begun again.
  package enum Activity: Hashable, Sendable {
    case resolving, openingConversation, uploading
    /// The intent is being committed.
    case claiming
    case posting
    /// The end is being committed.
    case settling
    /// What a person wants is being committed.
    case changing, cancelling
  }

  package static let mostAtOnce = 3

  package private(set) var items: [ClientID: OutboxItem] = [:]
  package private(set) var lanes: [OutboxLane: [ClientID]] = [:]
  package private(set) var laneOrder: [OutboxLane] = []
  /// Those whose fate at the server is open.
  package private(set) var doubtful: Set<ClientID> = []
  /// Those that are not to be sent once they are replied to.
  private(set) var conditional: Set<ClientID> = []
  /// Those that a person lets the others pass.
  private var skipped: Set<ClientID> = []
  package var activity: [ClientID: Activity] = [:]
  /// On the boot-time clock: a retry, or the end of a quarantine.
  package var notBefore: [ClientID: Duration] = [:]
  /// Items that wait because the server said so: a network that comes back does not end that.
  package var throttled: Set<ClientID> = []
  package var backoff: [ClientID: Backoff] = [:]
  package var reconciles: [ConversationID: Reconcile] = [:]
  /// Last messages that looked like an uncertain one and were looked at.
  package var lookedEarly: Set<MessageID> = []
  /// Since when a reconcile waits for a list without unread messages.
  package var waitingSince: [ClientID: Duration] = [:]
  /// Only a list that came after this says whether the other has written.
  package var listNeededSince: [ClientID: Duration] = [:]
  /// Sends that the server has confirmed since the daemon's start.
  package var confirmed = 0
  /// `confirmed` when an item's first refusal came: tells a poisoned item from a broken server.
  package var confirmedAtRefusal: [ClientID: Int] = [:]
  /// Those whose text a person has changed: a row of theirs may say an older one.
  package var edited: Set<ClientID> = []
  /// Whom a name turned out to mean while a change of its message was being written.
  package var foundMeanwhile: [ClientID: UserID] = [:]
  /// The newest last.
  package private(set) var found: [FoundNames] = []
  /// A row of the message that came while a change of it was being written.
  package var shownMeanwhile: [ClientID: ServerMessage] = [:]
  package var isEchoing = true
  package var echoesInARow = 0
  static let echoesForTrust = 20
  package var pace = RequestBudget(burst: 120, perMinute: 120)

  package init() {}

  /// Adds an item, or replaces it, in enqueue order.
  package mutating func put(_ item: OutboxItem) {
    if let before = items[item.cid], before.lane != item.lane { leaveLane(before) }
    items[item.cid] = item
    let isDoubtful = item.state == .intent || item.state == .quarantine
    Self.note(item.cid, in: &doubtful, if: isDoubtful)
    Self.note(item.cid, in: &conditional, if: item.unlessRepliedSince != nil)
    Self.note(item.cid, in: &skipped, if: item.isSkipped)
    let lane = item.lane
    var members = lanes[lane] ?? []
    if lanes[lane] == nil { laneOrder.append(lane) }
    guard !members.contains(item.cid) else { return }
    let place = members.lastIndex { (items[$0]?.sequence ?? 0) < item.sequence }
    members.insert(item.cid, at: place.map { $0 + 1 } ?? 0)
    lanes[lane] = members
  }

  private static func note(_ cid: ClientID, in set: inout Set<ClientID>, if isMember: Bool) {
    if isMember { set.insert(cid) } else { set.remove(cid) }
  }

  package mutating func remove(_ cid: ClientID) {
    guard let item = items[cid] else { return }
    leaveLane(item)
    items[cid] = nil
    doubtful.remove(cid)
    conditional.remove(cid)
    skipped.remove(cid)
    activity[cid] = nil
    notBefore[cid] = nil
    throttled.remove(cid)
    backoff[cid] = nil
    waitingSince[cid] = nil
    listNeededSince[cid] = nil
    confirmedAtRefusal[cid] = nil
    edited.remove(cid)
    foundMeanwhile[cid] = nil
    shownMeanwhile[cid] = nil
  }

  /// The one behind it in its lane.
  package func follower(of cid: ClientID) -> OutboxItem? {
    let members = items[cid].flatMap { lanes[$0.lane] } ?? []
    return members.drop { $0 != cid }.dropFirst().first.flatMap { items[$0] }
  }

  package mutating func noteFound(_ names: FoundNames) {
    found.append(names)
    if found.count > FoundNames.most { found.removeFirst() }
  }

  private mutating func leaveLane(_ item: OutboxItem) {
    let lane = item.lane
    lanes[lane]?.removeAll { $0 == item.cid }
    guard lanes[lane]?.isEmpty == true else { return }
    lanes[lane] = nil
    laneOrder.removeAll { $0 == lane }
  }

  /// The items that may move, in the order of their lanes. One whose fate at the server is open
  /// goes first: an older one may have joined the lane meanwhile, but must not pass it.
  /// `passingParked` is a mutant's.
  package func heads(passingParked: Bool = false) -> [OutboxItem] {
    laneOrder.compactMap { lanes[$0].flatMap { head(of: $0, passingParked) } }
  }

  package var headsByLane: [OutboxLane: ClientID] {
    heads().reduce(into: [:]) { $0[$1.lane] = $1.cid }
  }

  private func head(of members: [ClientID], _ passingParked: Bool) -> OutboxItem? {
    if !doubtful.isEmpty, let cid = members.first(where: doubtful.contains) { return items[cid] }
    let next = members.first { cid in
      !skipped.contains(cid) && !(passingParked && items[cid]?.state == .parked)
    }
    guard let item = next.flatMap({ items[$0] }), awaited(by: item) == nil else { return nil }
    return item
  }

  /// The first of those that have to be looked up before `item` may go.
  package func awaited(by item: OutboxItem) -> OutboxItem? {
    guard item.state == .queued, let unresolved = lanes[.unresolved] else { return nil }
    return unresolved.lazy.compactMap { items[$0] }.first {
      item.mustFollow($0) || isFound($0, before: item)
    }
  }

  /// `other` turned out to be to the same person while a change of it is being written.
  private func isFound(_ other: OutboxItem, before item: OutboxItem) -> Bool {
    !foundMeanwhile.isEmpty && foundMeanwhile[other.cid] == item.recipient.userID
      && other.sequence < item.sequence && !other.isSkipped && item.recipient.userID != nil
  }

  /// Whether something waits for the server.
  package var hasWork: Bool { heads().contains { !$0.needsPerson } }

  package var onTheWire: Int { activity.count }

  package func uncertain(in conversation: ConversationID) -> [OutboxItem] {
    items.values.filter {
      $0.state == .quarantine && $0.recipient.conversationID == conversation
    }.sorted { $0.sequence < $1.sequence }
  }
}

/// Looking for our messages at the server.
package struct Reconcile: Sendable, Hashable {
  package var items: [ClientID]
  /// Those whose quarantine was over when it began: only of them it can say that they are absent.
  package var ripe: [ClientID]
  package var fence: Timestamp?
  package var cursor: MessagePosition?
  package var limit = 100
  package var pages = 0
  /// Begun before the quarantine's end, since the list looked like a hit: it can only confirm.
  package var isEarly: Bool
  /// It marks messages read, since the doubt has lasted too long.
  package var isForced: Bool
  /// `Polling.listsTaken` when the page that is on its way was asked for.
  package var listsTaken = 0
  /// A page held a message that could not be read: it may be the one that is looked for.
  package var hasUnreadable = false

  package static let mostPages = 20
  package static let belowFence = Duration.seconds(300)

  package init(
    items: [ClientID], ripe: [ClientID], fence: Timestamp?, isEarly: Bool, isForced: Bool
  ) {
    self.items = items
    self.ripe = ripe
    self.fence = fence
    self.isEarly = isEarly
    self.isForced = isForced
  }

  /// How far down must be read.
  package var floor: Timestamp? { fence.map { $0 - Self.belowFence } }
}
