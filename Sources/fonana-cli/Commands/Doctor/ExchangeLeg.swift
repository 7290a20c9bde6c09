import ControlProtocol
import FonanaCore

/// One message from one profile to the other.
struct ExchangeLeg: Codable {
  enum PopUp: String, Codable, CaseIterable {
    case shown, off
    case missing = "none"
  }

  enum Tick: String, Codable, CaseIterable {
    case seen
    /// It was read there, and is not shown as read here in time.
    case missing = "none"
    /// Something else was unread there or here, and would have been ticked with it.
    case skipped
    /// The receiver could not ask its server: nothing was marked there.
    case notRead
  }

  let from: String
  let to: String
  /// Until the server had it.
  @Nullable var sentMs: Int?
  /// Until it was in the other's mirror.
  @Nullable var arrivedMs: Int?
  /// `push` or `poll`.
  @Nullable var way: String?
  @Nullable var popUp: PopUp?
  @Nullable var tick: Tick?
  /// From reading it there until the sender saw the tick.
  @Nullable var tickMs: Int?
  @Nullable var problem: String?

  init(from: String, to: String) {
    self.from = from
    self.to = to
    sentMs = nil
    arrivedMs = nil
    way = nil
    popUp = nil
    tick = nil
    tickMs = nil
    problem = nil
  }
}

extension ExchangeLeg {
  private var popUpText: String {
    switch popUp {
    case .shown: "a pop-up was shown"
    case .off: "pop-ups are off there"
    case .missing, nil: "no pop-up in 5 s"
    }
  }

  private var tickText: String {
    switch tick {
    case .seen: "the tick came \(tickMs ?? 0) ms after reading"
    case .skipped: "the tick was not tried, since other messages there are unread"
    case .notRead: "no tick, since “\(DisplayText.line(to))” could not ask the server for it"
    case .missing, nil: "read there, but no tick in 8 s"
    }
  }

  func text(_ style: TextStyle) -> String {
    let head = "\(DisplayText.line(from)) → \(DisplayText.line(to)): "
    if let problem { return head + style.red("fail") + ", " + DisplayText.line(problem) }
    return head + style.green("ok")
      + ", at the server after \(sentMs ?? 0) ms, here after \(arrivedMs ?? 0) ms by "
      + "\(way ?? "poll"); \(popUpText); \(tickText)"
  }
}
