import Synchronization

/// How many clients the server has; known once there is a server.
final class ClientCounter: Sendable {
  private let state = Mutex<ControlServer?>(nil)

  var server: ControlServer? {
    get { state.withLock { $0 } }
    set { state.withLock { $0 = newValue } }
  }

  var count: Int { server?.clientCount ?? 0 }
}
