import FonanaServer
import FonanaTestSupport
import Glibc
import Synchronization

/// Stands between a client and a reference server, for HTTP and the WebSocket alike, and spoils
/// what a test says. It counts what it did, so that a test can tell that its fault struck.
final class FaultProxy: Sendable {
  let port: Int
  let seen = Monitor(ProxyCounts())
  let rules = ProxyRules()
  private let listener: Int32
  private let peers = Mutex<[ProxyPeer]>([])

  init(to server: ReferenceServer) throws {
    (listener, port) = try LoopbackSocket.listening()
    let (listener, ports) = (listener, (server.httpPort, server.webSocketPort))
    onThread { [weak self] in
      while true {
        let client = accept(listener, nil, nil)
        guard client >= 0, let self else {
          if client >= 0 { close(client) }
          close(listener)
          return
        }
        self.serve(client, http: ports.0, webSocket: ports.1)
      }
    }
  }

  /// Wakes the thread, which closes the descriptor.
  deinit {
    shutdown(listener, Int32(SHUT_RDWR))
    for peer in peers.withLock({ $0 }) { _ = peer.order(.reset) }
  }

  private func serve(_ client: Int32, http: Int, webSocket: Int) {
    let peer = ProxyPeer()
    peers.withLock { $0.append(peer) }
    seen.change { $0.connections += 1 }
    let (seen, rules) = (seen, rules)
    onThread {
      var connection = ProxiedConnection(
        client: client, http: http, webSocket: webSocket, peer: peer, rules: rules, seen: seen)
      connection.run()
      peer.noteEnd()
    }
  }

  // MARK: for tests

  var url: String { "http://127.0.0.1:\(port)" }
  var webSocketURL: String { "ws://127.0.0.1:\(port)/ws" }

  func add(_ route: String, _ fault: ProxyFault, count: Int = 1) {
    rules.add(route, fault, count: count)
  }

  /// Gives the order to the open connections whose last request begins with `route`; how many.
  @discardableResult
  func order(_ order: ProxyPeer.Order, on route: String) -> Int {
    peers.withLock { $0 }.count { $0.route.hasPrefix(route) && $0.order(order) }
  }

  func fired(_ fault: ProxyFault) -> Int { seen.read { $0.fired[fault.name] ?? 0 } }
}
