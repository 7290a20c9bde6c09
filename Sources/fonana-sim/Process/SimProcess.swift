import FonanaCore
import SyncEngine

/// The daemon's process: all that a crash forgets.
struct SimProcess {
  struct Socket {
    var id: SocketID
    /// nil: the upgrade has not reached the server yet.
    var serial: Int?
    /// Half-open: nothing comes through in either direction.
    var isSilent = false
    /// The client has let it go: with a close frame, or at once.
    var isLeaving = false
    var isDropped = false
  }

  struct OpenWish {
    enum Kind {
      case logIn
      case logOut
      case send(ClientID)
      case read(ConversationID)
      /// `state`: the item's, when it was asked for.
      case edit(ClientID, text: String, state: OutboxState)
      case other
    }

    var kind: Kind
    var act: PersonAct
    /// On the clock that stands still while the machine sleeps.
    var since: Duration
  }

  var epoch = 0
  struct Transaction {
    var id: TransactionID
    var acts: [StoreAct]
  }

  var core: RunningCore?
  /// On the boot-time clock.
  var timers: [TimerID: Duration] = [:]
  var inFlight: [RequestID: ServerRequest] = [:]
  /// In their order.
  var unwritten: [Transaction] = []
  /// Commits keep their order.
  var lastCommitAt: Duration = .zero
  var socket: Socket?
  var wishes: [WishID: OpenWish] = [:]
  /// On the server's clock.
  var bootedAt: Timestamp?
  var stoppingSince: Duration?
  var hasTicked = false
  /// Somebody looks on.
  var isWatched = false
  /// Set while it starts: it will not get through.
  var effectsUntilCrash: Int?

  var isRunning: Bool { core != nil }
  /// Something will come back to the core.
  var isArmed: Bool { !timers.isEmpty || !inFlight.isEmpty || !unwritten.isEmpty || socket != nil }

  /// Whether an edit that has not been answered says `text`.
  func isAsked(_ cid: ClientID, toSay text: String) -> Bool {
    wishes.values.contains { wish in
      if case .edit(cid, text, _) = wish.kind { true } else { false }
    }
  }

  func isAskedToRead(_ id: ConversationID) -> Bool {
    wishes.values.contains { wish in
      if case .read(id) = wish.kind { true } else { false }
    }
  }

  /// Memory is gone; the next process has another number.
  mutating func die() {
    let (epoch, lastCommit) = (epoch, lastCommitAt)
    self = SimProcess()
    self.epoch = epoch + 1
    lastCommitAt = lastCommit
  }
}
