import FonanaCore
import NIOCore

/// The life of one WebSocket connection, from the first attempt to its end.
///
/// All state is bound to the event loop. `perform`, `abort`, `ended` and `allClosed` may be called
/// from anywhere and hop to it; the rest is for the loop.
final class SocketLine: Sendable {
  private struct State {
    /// Being connected, open, or being closed.
    var channels: [any Channel] = []
    var handler: SocketFrameHandler?
    var deadline: Scheduled<Void>?
    var hasEnded = false
  }

  let loop: any EventLoop
  let limits: APIConfiguration.Limits
  private let onSignal: @Sendable (SocketSignal) -> Void
  private let state: NIOLoopBoundBox<State>
  private let end: EventLoopPromise<Void>

  init(
    on loop: any EventLoop, limits: APIConfiguration.Limits,
    onSignal: @escaping @Sendable (SocketSignal) -> Void
  ) {
    self.loop = loop
    self.limits = limits
    self.onSignal = onSignal
    state = .makeBoxSendingValue(State(), eventLoop: loop)
    end = loop.makePromise()
  }

  // MARK: From anywhere

  func perform(_ command: SocketCommand) {
    loop.execute { self.performOnLoop(command) }
  }

  /// Closes at once, also when the peer was given time to close.
  func abort() {
    loop.execute {
      self.end(with: .closed(code: nil, reason: ""))
      self.closeAll()
    }
  }

  func ended() async { try? await end.futureResult.get() }

  /// After `ended`: waits until no channel is left.
  func allClosed() async {
    let closed = loop.flatSubmit {
      EventLoopFuture.andAllComplete(self.state.value.channels.map(\.closeFuture), on: self.loop)
    }
    try? await closed.get()
  }

  // MARK: On the loop

  /// A channel that is about to be connected. It is closed when the line has ended already.
  func adopt(_ channel: any Channel) {
    state.value.channels.append(channel)
    if state.value.hasEnded { channel.close(promise: nil) }
  }

  /// `limit` from now on, unless the next step is reached before.
  func expect(_ step: String, within limit: Duration, phase: ServerFailure.Phase) {
    state.value.deadline?.cancel()
    guard !state.value.hasEnded else { return }
    state.value.deadline = loop.scheduleTask(in: TimeAmount(limit)) {
      self.end(with: .failed(ServerFailure(.timeout, phase: phase, detail: "no \(step) in time")))
    }
  }

  func opened(_ handler: SocketFrameHandler) {
    state.value.deadline?.cancel()
    state.value.handler = handler
    signal(.opened)
  }

  func signal(_ signal: SocketSignal) {
    if !state.value.hasEnded { onSignal(signal) }
  }

  /// The last signal. With a `grace` the peer may close the channel first.
  func end(with last: SocketSignal, grace: Duration? = nil) {
    guard !state.value.hasEnded else { return }
    state.value.hasEnded = true
    state.value.deadline?.cancel()
    onSignal(last)
    end.succeed()
    guard let grace else { return closeAll() }
    loop.scheduleTask(in: TimeAmount(grace)) { self.closeAll() }
  }

  private func closeAll() {
    for channel in state.value.channels { channel.close(promise: nil) }
  }

  private func performOnLoop(_ command: SocketCommand) {
    guard !state.value.hasEnded else { return }
    switch command {
    case .close(abruptly: false):
      if let handler = state.value.handler { handler.close() } else { abort() }
    case .close(abruptly: true): abort()
    case .subscribeToNotifications(let user):
      state.value.handler?.send(ClientFrame.subscribeToNotifications(user))
    case .ping: state.value.handler?.ping()
    }
  }
}
