import NIOCore
import Synchronization

/// The accepted HTTP connections, with and without requests, so that a stop can cut them.
final class ConnectionRegistry: Sendable {
  private let channels = Mutex<[ObjectIdentifier: any Channel]>([:])
  private let world: World

  init(world: World) {
    self.world = world
  }

  func register(_ channel: any Channel) {
    let id = ObjectIdentifier(channel)
    channels.withLock { $0[id] = channel }
    world.count { $0.openConnections += 1 }
    channel.closeFuture.whenComplete { _ in
      self.channels.withLock { _ = $0.removeValue(forKey: id) }
      self.world.count { $0.openConnections -= 1 }
    }
  }

  /// Returns when all are closed.
  func closeAll() async {
    for channel in channels.withLock({ Array($0.values) }) {
      try? await channel.close(mode: .all)
    }
  }
}
