import ControlProtocol
import FonanaCore
import Glibc
import Logging

/// All socket work of the daemon: one `poll(2)` loop on a thread of its own, so that descriptors
/// can come with requests and no client can hold up another.
///
/// Everything here belongs to that thread; the rest of the daemon talks to it through the mailbox
/// and hears from it through `onReport`.
final class SocketLoop {
  struct Limits: Sendable {
    var clients = 64
    /// Of a client, until a request takes them.
    var descriptors = 4
    var firstRequest = Duration.seconds(10)
    /// A subscriber with more unread bytes is dropped.
    var subscriberBytes = 1 << 20
    /// So few unwritten bytes are little.
    var fewBytes = 64 << 10
    var lastWrite = Duration.seconds(5)
    var socketCheck = Duration.seconds(30)
    var stop = Duration.seconds(1)
  }

  let limits: Limits
  let logger: Logger
  let mailbox: LoopMailbox
  let onReport: (LoopReport) -> Void
  var listener: ListeningSocket?
  let path: String
  var peers: [PeerID: Peer] = [:]
  var lastPeerID = 0
  var isStopping = false
  /// No descriptor was free: nobody is accepted before this.
  var acceptsAgainAt: Duration?
  var nextSocketCheck: Duration

  init(
    listener: ListeningSocket, mailbox: LoopMailbox, limits: Limits, logger: Logger,
    onReport: @escaping (LoopReport) -> Void
  ) {
    self.listener = listener
    path = listener.path
    self.mailbox = mailbox
    self.limits = limits
    self.logger = logger
    self.onReport = onReport
    nextSocketCheck = SystemClock.boot + limits.socketCheck
  }

  /// Returns after `stop`, with every connection closed.
  func run() {
    while !(isStopping && peers.isEmpty) { turn() }
  }

  private func turn() {
    let watched = peers.values.sorted { $0.id < $1.id }
    var questions = [pollfd(fd: mailbox.wakeUp.number, events: Int16(POLLIN), revents: 0)]
    questions.append(pollfd(fd: acceptingDescriptor, events: Int16(POLLIN), revents: 0))
    questions += watched.map { pollfd(fd: $0.number, events: $0.pollEvents, revents: 0) }
    poll(&questions, nfds_t(questions.count), millisecondsToWait)
    obey(mailbox.takeAll())
    for (peer, answer) in zip(watched, questions[2...]) where peers[peer.id] != nil {
      serve(peer, answer.revents)
    }
    if questions[1].revents != 0 { acceptClients() }
    passTime(SystemClock.boot)
  }

  /// -1 is ignored by `poll`.
  private var acceptingDescriptor: Int32 {
    guard !isStopping, acceptsAgainAt == nil, let listener else { return -1 }
    return listener.number
  }

  private var millisecondsToWait: Int32 {
    let deadlines = peers.values.compactMap(\.deadline) + [nextSocketCheck]
    let first = (deadlines + [acceptsAgainAt].compactMap { $0 }).min() ?? nextSocketCheck
    let rest = (first - SystemClock.boot).wholeMilliseconds + 1
    return Int32(clamping: max(0, rest))
  }

  // MARK: Commands

  private func obey(_ commands: [LoopCommand]) {
    for command in commands {
      switch command {
      case .send(let id, let line): if let peer = peers[id] { send(line, to: peer) }
      case .finish(let id, let unused): if let peer = peers[id] { finishRequest(of: peer, unused) }
      case .subscribe(let id): peers[id]?.isSubscriber = true
      case .whenWritten(let id, let body): if let peer = peers[id] { tell(peer, body) }
      case .close(let id, let line): if let peer = peers[id] { end(peer, saying: line) }
      case .stop: stop()
      }
    }
  }

  private func stop() {
    isStopping = true
    listener?.close()
    listener = nil
    for peer in peers.values {
      if peer.isSubscriber { end(peer, saying: try? RPC.ended(.daemonStops)) }
      peer.close(by: SystemClock.boot + limits.stop)
      if !peer.isBusy { closeWhenWritten(peer) }
    }
  }
}
