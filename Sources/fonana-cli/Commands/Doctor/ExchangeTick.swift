import ControlProtocol
import FonanaCore
import Glibc

/// Reads a message where it came, and looks from where it was sent until it is shown as read. Both
/// ask the server, however current their mirrors are: neither would see the tick otherwise.
struct ExchangeTick {
  private static let limit = Duration.seconds(8)

  private let id: MessageID
  private let conversation: ConversationID
  private let (sender, receiver): (Context, Context)

  init(
    of id: MessageID, in conversation: ConversationID, from sender: Context, to receiver: Context
  ) {
    self.id = id
    self.conversation = conversation
    (self.sender, self.receiver) = (sender, receiver)
  }

  func follow() throws(FonanaError) -> (ExchangeLeg.Tick, Int?) {
    let began = ContinuousClock.now
    let reading = try read(at: receiver)
    guard reading.freshness.source != .stale else { return (.notRead, nil) }
    repeat {
      if try read(at: sender).messages.contains(where: { $0.id == id && $0.isRead }) {
        return (.seen, Int(began.duration(to: .now).wholeMilliseconds))
      }
      usleep(500_000)
    } while began.duration(to: .now) < Self.limit
    return (.missing, nil)
  }

  private func read(at place: Context) throws(FonanaError) -> ReadResult {
    let request = ConversationReadRequest(who: conversation.rawValue, limit: 5, fresh: true)
    return try place.connect().call(Calls.read, request)
  }
}
