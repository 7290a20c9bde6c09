import FonanaCore

/// Opening, watching and reopening the WebSocket.
extension EngineCore {
  private static let silence = Duration.seconds(75)
  private static let pingInterval = Duration.seconds(25)
  private static let stableAfter = Duration.seconds(60)
  private static let reassertAfter = Duration.seconds(70)
  private static let upgradeLimit = Duration.seconds(20)

  /// No socket is opened without a token, and never a second one.
  mutating func openSocketIfNeeded() {
    guard connection.isWanted, !isShuttingDown, let credentials = session.credentials else {
      return
    }
    switch connection.state {
    case .idle, .waiting: break
    case .connecting, .connected, .closing, .verifying: return
    }
    let socket = SocketID(number: turn.nextNumber())
    move(to: .connecting(socket))
    connection.nextAttemptAt = nil
    turn.emit(.cancelTimer(.reconnect))
    turn.log(.info, .socketOpening)
    connection.attemptedAtBoot = turn.now.boot
    records.connectionAttempted(at: turn.now)
    turn.emit(.openSocket(socket, credentials))
    turn.setTimer(.silence, in: Self.upgradeLimit)
  }

  mutating func socketSignalled(_ socket: SocketID, _ signal: SocketSignal) {
    guard connection.socket == socket else { return }  // of a connection given up
    switch signal {
    case .opened: turn.log(.debug, .socketUpgraded)
    case .alive:
      connection.lastPongAt = turn.now.wall
      heard()
    case .frame(let frame):
      heard()
      frameArrived(frame, on: socket)
    case .closed(let code, let reason): socketEnded(code: code, reason: reason)
    case .failed(let failure): socketFailed(failure)
    }
  }

  /// Any frame shows that the peer is there.
  private mutating func heard() {
    if connection.isConnected { turn.setTimer(.silence, in: Self.silence) }
  }

  /// Only now frames of ours are heard (docs/protocol.md, 8).
  mutating func serverGreeted(_ user: UserID?, on socket: SocketID) {
    guard case .connecting = connection.state, let me = session.account?.userID else { return }
    guard isOurs(user) else {
      turn.log(.error, .pushOfAnotherUser, "connected")
      return turn.emit(.say(socket, .close(abruptly: true)))
    }
    move(to: .connected(socket))
    connection.succeeded += 1
    records.connected(at: turn.now)
    connection.lastError = nil
    turn.log(.info, .socketConnected)
    turn.emit(.say(socket, .subscribeToNotifications(me)))
    turn.setTimer(.ping, in: Self.pingInterval)
    turn.setTimer(.silence, in: Self.silence)
    turn.setTimer(.stable, in: Self.stableAfter)
    if connection.endedUncleanly { turn.setTimer(.reassert, in: Self.reassertAfter) }
    connection.endedUncleanly = false
    recordConnection()
    askList()
  }

  mutating func pingTimerFired() {
    guard case .connected(let socket) = connection.state else { return }
    turn.emit(.say(socket, .ping))
    turn.setTimer(.ping, in: Self.pingInterval)
  }

  /// Half-open: nothing came for 75 s although pings are answered within seconds.
  mutating func silenceTimerFired() {
    switch connection.state {
    case .closing(let socket, _):  // its end is still reported, and only then the next is opened
      turn.emit(.say(socket, .close(abruptly: true)))
      turn.setTimer(.silence, in: .seconds(5))
    case .connecting(let socket), .connected(let socket):
      turn.log(.warning, .socketSilent)
      turn.emit(.say(socket, .close(abruptly: true)))
      socketLost(
        FonanaError(
          .serverUnreachable, "The WebSocket fell silent.", hint: "It is opened again by itself."),
        because: "silent")
    case .idle, .waiting, .verifying: break
    }
  }

  /// Takes the one event slot again, since the server may have removed it with our dead
  /// predecessor.
  mutating func reassertTimerFired() {
    guard case .connected(let socket) = connection.state else { return }
    turn.log(.info, .socketReasserted)
    close(socket, reopen: true)
  }

  mutating func reconnectWanted() {
    connection.forgetOutage()
    switch connection.state {
    case .connected(let socket), .connecting(let socket): close(socket, reopen: true)
    case .idle, .waiting: openSocketIfNeeded()
    case .closing(let socket, _): connection.state = .closing(socket, reopen: true)
    case .verifying: break
    }
  }

  private mutating func close(_ socket: SocketID, reopen: Bool) {
    if case .connecting = connection.state { records.connectionGivenUp() }
    move(to: .closing(socket, reopen: reopen))
    turn.emit(.say(socket, .close(abruptly: false)))
    turn.setTimer(.silence, in: .seconds(5))
  }

  mutating func closeSocket() {
    switch connection.state {
    case .connecting(let socket), .connected(let socket), .closing(let socket, _):
      close(socket, reopen: false)
    case .idle, .waiting, .verifying: move(to: .idle)
    }
    turn.emit(.cancelTimer(.reconnect))
  }

  private mutating func socketEnded(code: Int?, reason: String) {
    turn.log(
      .info, .socketClosed,
      "code \(code.map(String.init) ?? "none") \(DisplayText.line(reason, limit: 80))")
    if case .closing(_, let reopen) = connection.state { return ended(reopen: reopen) }
    let error = FonanaError(
      .serverUnreachable,
      "The server closed the WebSocket (\(code.map(String.init) ?? "no code")).",
      hint: "It is opened again by itself.")
    let reason = "closed-\(code.map(String.init) ?? "none")"
    guard code == 1008 else { return socketLost(error, because: reason) }
    verify(after: error, because: reason)
  }

  private mutating func ended(reopen: Bool) {
    stopSocketTimers()
    move(to: .idle)
    answerPauseWishes()
    // Closed by a logout, and logged in again meanwhile: a token is there.
    if reopen || session.token != nil { openSocketIfNeeded() }
    if isShuttingDown { stopWhenQuiet() }
  }

  private mutating func socketFailed(_ failure: ServerFailure) {
    turn.log(.info, .socketFailed, "\(failure.reason): \(failure.detail)")
    if case .closing(_, let reopen) = connection.state { return ended(reopen: reopen) }
    guard failure.status == 401 || failure.status == 403 else {
      return socketLost(failure.asError, because: failure.reason)
    }
    verify(after: failure.asError, because: failure.reason)
  }

  /// Refused: perhaps the token, perhaps the server's database (docs/protocol.md, 8).
  private mutating func verify(after error: FonanaError, because reason: String) {
    noteLoss(error, because: reason)
    move(to: .verifying)
    submit(.verifyToken, for: .verify)
  }

  /// A refusal of an older token than the one we hold says nothing: it has been replaced since.
  mutating func verifyAnswered(_ answer: ServerAnswer, generation: Int) {
    if case .failure(let failure) = answer, failure.status == 401 {
      if generation == session.token?.generation {
        session.refusedGeneration = generation
        turn.log(.warning, .tokenRefused, "verify")
        refreshToken(because: .refused)
      }
      // A server that refuses every token must not be asked at once.
      return connectionVerified(false)
    }
    if case .success = answer {
      turn.log(.debug, .tokenVerified)
      if connection.isVerifying { turn.log(.warning, .socketTokenLost, Self.tokenIsLost) }
    }
    connectionVerified(true)
  }

  private static let tokenIsLost =
    "the API takes the token that the WebSocket refused: a proxy drops it, the two have different "
    + "secrets, or the WebSocket's database fails"

  /// Not the token's fault, or nobody can tell: back off.
  mutating func connectionVerified(_ isValid: Bool) {
    guard connection.isVerifying else { return }
    scheduleReconnect()
  }

  private mutating func socketLost(_ error: FonanaError, because reason: String) {
    noteLoss(error, because: reason)
    if case .closing(_, let reopen) = connection.state { return ended(reopen: reopen) }
    scheduleReconnect()
  }

  private mutating func noteLoss(_ error: FonanaError, because reason: String) {
    var begin = turn.now.boot
    if connection.isConnected {
      connection.endedUncleanly = true
      records.connectionLost(reason, at: turn.now)
    } else {
      begin = connection.attemptedAtBoot ?? begin
      connection.failed += 1
      records.connectionFailed(reason, at: turn.now)
    }
    connection.lastError = error
    connection.noteOutage(at: begin)
    stopSocketTimers()
  }

  private mutating func scheduleReconnect() {
    let delay = connection.nextDelay(
      at: turn.now.boot, minute: turn.scaled(.seconds(60)), isUnused: isUnused)
    let chosen = turn.random(between: delay.low, and: delay.high)
    move(to: .waiting)
    connection.nextAttemptAt = turn.now.wall + turn.scaled(chosen)
    turn.log(.debug, .socketRetryScheduled, "in \(turn.scaled(chosen))")
    turn.setTimer(.reconnect, in: chosen)
  }

  private mutating func stopSocketTimers() {
    for timer in [TimerID.ping, .silence, .stable, .reassert] { turn.emit(.cancelTimer(timer)) }
  }

  private mutating func move(to state: Connection.State) {
    let wasConnected = connection.isConnected
    connection.state = state
    connection.since = turn.now.wall
    guard wasConnected, !connection.isConnected else { return }
    records.disconnected(at: turn.now)
    recordConnection()
  }

  private mutating func recordConnection() {
    var detail = EventDetail()
    detail.state = connectionInStatus.rawValue
    detail.error = connection.lastError
    commit([.record(.connectionChanged, detail: detail.json)])
  }
}
