import FonanaCore
import SyncEngine

/// All that can happen in the simulated world. `epoch` numbers the process: what was meant for a
/// dead one is dropped. What is large lies in a box: events are moved about in the queue.
enum SimEvent {
  case boot(epoch: Int)
  indirect case deliver(EngineEvent, epoch: Int)
  case timer(TimerID, epoch: Int, due: Duration)
  /// The oldest transaction that waits reaches the disk.
  case commit(epoch: Int)
  /// A request reaches the server.
  indirect case arrive(Call)
  indirect case socket(SocketEvent)
  case person(PersonAct)
  case partner(PartnerAct)
  case fault(FaultKind)
  case faultOver(FaultKind)
  /// The server goes away with all its sockets, or is back.
  case platform(isOut: Bool)
  case heal
  case judge
}

/// A request on its way to the server.
struct Call {
  var id: RequestID
  var epoch: Int
  var request: ServerRequest
  var credentials: Credentials?
  var sentAt: Duration
  var fate: Fate
}

/// What becomes of a call.
enum Fate: Equatable {
  case normal
  /// The server's answer is replaced by this failure.
  case answeredBy(ServerFailure)
  /// The handler runs, but nobody hears of it.
  case unheard
  /// The answer is JSON, but of another route.
  case answeredOtherwise
  /// The message is stored with our mark, and the answer does not show it.
  case unechoed
}

enum SocketEvent {
  case arrive(SocketID, Credentials, epoch: Int)
  case greet(serial: Int)
  case serverPing(serial: Int)
  case end(serial: Int, code: Int?)
  /// The server has noticed that a connection of ours is gone.
  case removed(serial: Int)
}

enum PersonAct {
  case logIn
  case logOut
  /// `name`: what the person calls the partner.
  /// `isConditional`: only as long as the partner has not written.
  case send(ClientID, to: Int, name: String, text: String, isConditional: Bool)
  /// nil: any message that waits. `tries`: how often it is looked for one.
  case edit(ClientID?, tries: Int)
  case retry(ClientID)
  /// Holds what waits, or thinks of releasing what is held.
  case waver(ClientID)
  case release(ClientID)
  /// Holds what is parked, or decides about it when it is held.
  case shelve(ClientID)
  case read(ConversationID)
  case markRead(ConversationID, through: MessagePosition)
  case refresh
  case tidyOutbox
  case look(Bool)
  case reconnect
}

enum PartnerAct {
  case write(ConversationID, count: Int)
  /// In their conversation, if there is one.
  case answer(partner: Int)
  case notify(MessageID, ConversationID)
}
