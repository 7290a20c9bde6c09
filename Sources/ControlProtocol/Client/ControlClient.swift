package import FonanaCore
import Glibc

/// The command's side of the socket: one request at a time, on the calling thread.
package final class ControlClient {
  /// Without a deadline of its own a request waits this long.
  package static let usualPatience = Duration.seconds(30)

  private let connection: UnixConnection
  private var framer = LineFramer(limit: LineFramer.answerLimit)
  private var lastID: Int64 = 0
  private var isGreeted = false
  /// What the daemon has said of itself; nil before the first answer.
  package private(set) var daemon: HelloResult?
  /// The daemon was started for it, and knows nothing of the server yet.
  package var isFirst = false
  private var waitingEvents: [[UInt8]] = []
  /// Called for each `doctor.check` that comes before the answer.
  package var onCheck: ((DoctorLine) -> Void)?

  package init(_ connection: UnixConnection) { self.connection = connection }

  /// Refuses a socket that a process of another user serves.
  package static func connect(to path: String) throws(FonanaError) -> ControlClient {
    let connection = try UnixConnection.connect(to: path)
    guard connection.peerUserID == geteuid() else {
      throw FonanaError(
        .refused, "The process that answers at \(path) belongs to another user.",
        hint: "Remove that socket, then type “fonana daemon start”.")
    }
    return ControlClient(connection)
  }

  /// The answer to one request. `passing` is a descriptor that goes with it.
  ///
  /// Throws the daemon's error; `.daemonUnavailable` when the connection broke before the answer
  /// (whether the request was carried out is then unknown), `.timeout` after `patience`.
  package func call<P: Encodable, R: Decodable>(
    _ call: Call<P, R>, _ parameters: P, passing: Int32? = nil,
    patience: Duration? = usualPatience
  ) throws(FonanaError) -> R {
    lastID += 1
    let id = RPCID.number(lastID)
    let line =
      P.self == NoParameters.self
      ? RPC.plainRequest(call.method, id: lastID) : try RPC.request(call, id: id, parameters)
    let end = patience.map { ContinuousClock.now + $0 }
    try write(greeting() + line, passing: passing)
    while true {
      guard let line = try nextLine(until: end) else { throw Self.noAnswer(call.method) }
      let answer = RPCAnswer(try ControlJSON.tree(of: line))
      if answer.id == nil, answer.method == RPC.Note.check {
        if let check = try? ControlJSON.decode(DoctorNote.self, from: line) {
          onCheck?(check.params)
        }
      } else if answer.id == nil, answer.method != nil {
        waitingEvents.append(line)
      } else if answer.id == RPC.greetingID, answer.error == nil {
        daemon = try? HelloResult(answer.result)
      } else if answer.id == id || answer.id == nil {
        if let error = answer.error {
          throw Self.error(of: try ControlJSON.decode(RPCErrorBody.self, from: error))
        }
        return try Self.result(answer.result, of: call)
      }
    }
  }

  /// The next event after `subscribe`; nil when none came in time. Throws when the stream has
  /// ended, with the daemon's reason or `.daemonUnavailable`.
  package func nextEvent(within limit: Duration? = nil) throws(FonanaError) -> WatchEvent? {
    let end = limit.map { ContinuousClock.now + $0 }
    while true {
      let waiting = waitingEvents.isEmpty ? nil : waitingEvents.removeFirst()
      guard let line = if let waiting { waiting } else { try nextLine(until: end) } else {
        return nil
      }
      let note = try ControlJSON.tree(of: line)
      let parameters = note["params"] ?? .null
      if note["method"]?.string == RPC.Note.event {
        return try ControlJSON.decode(WatchEvent.self, from: parameters)
      }
      if note["method"]?.string == RPC.Note.ended {
        throw (try? ControlJSON.decode(ErrorInfo.self, from: parameters).error) ?? Self.broken
      }
    }
  }

  private static func result<P, R: Decodable>(
    _ value: JSONValue, of call: Call<P, R>
  ) throws(FonanaError) -> R {
    do throws(FonanaError) {
      if let reply = try call.readByHand(value) { return reply }
      return try ControlJSON.decode(R.self, from: value)
    } catch {
      throw FonanaError(
        .internalDefect, "The daemon's answer can't be read. \(error.message)",
        hint: "If fonana was just updated, type “fonana daemon restart”.")
    }
  }

  /// `hello`, before the first request only.
  private func greeting() -> [UInt8] {
    guard !isGreeted else { return [] }
    isGreeted = true
    return RPC.greeting
  }

  private func write(_ bytes: [UInt8], passing: Int32?) throws(FonanaError) {
    do {
      try connection.send(bytes, passing: passing, within: Self.usualPatience)
    } catch {
      throw Self.broken
    }
  }

  private func nextLine(until end: ContinuousClock.Instant?) throws(FonanaError) -> [UInt8]? {
    while true {
      if let line = try framer.next() { return line }
      let left = end.map { max(.zero, ContinuousClock.now.duration(to: $0)) }
      switch Result(catching: { () throws(UnixConnection.Failure) in
        try connection.receive(within: left)
      }) {
      case .success(let received) where received.bytes.isEmpty: throw Self.broken
      case .success(let received): framer.append(received.bytes)
      case .failure(.timedOut): return nil
      case .failure: throw Self.broken
      }
    }
  }

  private static var broken: FonanaError {
    FonanaError(
      .daemonUnavailable, "The connection to the daemon broke.",
      hint: "Type “fonana daemon start”, or “fonana doctor” to find out why.")
  }

  private static func noAnswer(_ method: Method) -> FonanaError {
    FonanaError(
      .timeout, "The daemon has not answered “\(method.rawValue)” in time.",
      hint: "Look at “fonana status”, or type “fonana daemon restart”.")
  }

  private static func error(of body: RPCErrorBody) -> FonanaError {
    body.data?.error ?? FonanaError(.internalDefect, DisplayText.line(body.message, limit: 200))
  }
}

private struct DoctorNote: Decodable { var params: DoctorLine }

extension HelloResult {
  /// A warning when the daemon is of another version than this command.
  package var skewWarning: String? {
    guard daemonVersion != BuildInfo.version || self.protocol != ControlVersion.current else {
      return nil
    }
    return "the daemon is version \(DisplayText.line(daemonVersion, limit: 20)), this command "
      + "\(BuildInfo.version); type “fonana daemon restart”"
  }
}
