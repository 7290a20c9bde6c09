package import FonanaCore

/// How far a WebSocket came: upgrade, greeting, subscription, pong.
package struct SocketSight: Sendable {
  package enum Step: Int, Sendable, Comparable {
    case nothing, upgraded, greeted, subscribed, answered

    package static func < (one: Step, other: Step) -> Bool { one.rawValue < other.rawValue }
  }

  package var reached = Step.nothing
  /// The user of the `connected` frame.
  package var userID: UserID?
  /// An `error` frame's text.
  package var complaint: String?
  package var closeCode: Int?
  package var closeReason = ""
  package var failure: ServerFailure?
  /// From the ping to its pong.
  package var roundTrip: Duration?
  private var hasSubscribed = false
  private var pingedAt: ContinuousClock.Instant?

  /// What to say next; `close` ends it.
  mutating func take(_ signal: SocketSignal, for user: UserID, until goal: Step) -> SocketCommand? {
    switch signal {
    case .opened: reached = .upgraded
    case .frame(.connected(let user)) where reached == .upgraded:
      userID = user
      reached = .greeted
    case .frame(.subscribed) where reached == .greeted: reached = .subscribed
    case .frame(.error(let text)): complaint = text
    case .alive where reached == .subscribed && pingedAt != nil:
      roundTrip = pingedAt.map { $0.duration(to: .now) }
      reached = .answered
    case .closed(let code, let reason): (closeCode, closeReason) = (code, reason)
    case .failed(let failure): self.failure = failure
    default: return nil
    }
    return next(for: user, until: goal)
  }

  private mutating func next(for user: UserID, until goal: Step) -> SocketCommand? {
    if reached >= goal { return .close(abruptly: false) }
    switch reached {
    case .greeted where !hasSubscribed:
      hasSubscribed = true
      return .subscribeToNotifications(user)
    case .subscribed where pingedAt == nil:
      pingedAt = .now
      return .ping
    default: return nil
    }
  }
}
