import NIOCore
import Synchronization

/// The connections on which requests have come, so that a stop can cut them.
final class ConnectionRegistry: Sendable {
  private let channels = Mutex<[ObjectIdentifier: any Channel]>([:])
  private let world: World

  init(world: World) {
    self.world = world
  }

  func register(_ channel: any Channel) {
    let id = ObjectIdentifier(channel)
    let isNew = channels.withLock { channels in
      channels.updateValue(channel, forKey: id) == nil
    }
    guard isNew else { return }
    world.count { $0.openConnections += 1 }
    channel.closeFuture.whenComplete { _ in self.remove(id) }
  }

  func closeAll() {
    for channel in channels.withLock({ Array($0.values) }) {
      channel.close(mode: .all, promise: nil)
    }
  }

  private func remove(_ id: ObjectIdentifier) {
    let channel = channels.withLock { $0.removeValue(forKey: id) }
    if channel != nil { world.count { $0.openConnections -= 1 } }
  }
}
