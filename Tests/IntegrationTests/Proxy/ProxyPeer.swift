import FonanaTestSupport
import Glibc
import Synchronization

/// A running connection as the test reaches it: orders for the thread that moves its bytes.
final class ProxyPeer: Sendable {
  enum Order: Sendable {
    /// Nothing passes any more and nobody closes.
    case fallSilent
    case reset
    /// Bytes for the client that the server never sent.
    case inject([UInt8])
  }

  private struct State {
    var orders: [Order] = []
    var route = ""
    var isOver = false
  }

  private let state = Mutex(State())
  /// Readable while there are orders.
  let bell: Int32
  private let cord: Int32

  init() {
    var ends: [Int32] = [-1, -1]
    let kind =
      SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue
    socketpair(AF_UNIX, Int32(kind), 0, &ends)
    (bell, cord) = (ends[0], ends[1])
  }

  deinit {
    close(bell)
    close(cord)
  }

  /// The last request line, without query.
  var route: String {
    get { state.withLock { $0.route } }
    set { state.withLock { $0.route = newValue } }
  }

  /// False: the connection is over.
  func order(_ order: Order) -> Bool {
    state.withLock { state in
      guard !state.isOver else { return false }
      state.orders.append(order)
      var byte: UInt8 = 1
      return write(cord, &byte, 1) == 1
    }
  }

  func takeOrders() -> [Order] {
    state.withLock { state in
      var bytes = [UInt8](repeating: 0, count: 64)
      _ = read(bell, &bytes, bytes.count)
      defer { state.orders = [] }
      return state.orders
    }
  }

  func noteEnd() { state.withLock { $0.isOver = true } }
}
