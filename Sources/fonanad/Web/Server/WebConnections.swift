import NIOCore
import Synchronization

/// The connections of a server: so many and no more, and none after its end.
final class WebConnections: Sendable {
  private static let most = 32

  private struct State {
    var channels: [ObjectIdentifier: any Channel] = [:]
    var isOver = false
  }

  private let state = Mutex(State())

  /// False: this one is not taken.
  func add(_ channel: any Channel) -> Bool {
    let id = ObjectIdentifier(channel)
    let isTaken = state.withLock { state in
      guard !state.isOver, state.channels.count < Self.most else { return false }
      state.channels[id] = channel
      return true
    }
    guard isTaken else { return false }
    channel.closeFuture.whenComplete { [weak self] _ in
      _ = self?.state.withLock { $0.channels.removeValue(forKey: id) }
    }
    return true
  }

  func closeAll() async {
    let channels = state.withLock { state in
      state.isOver = true
      return Array(state.channels.values)
    }
    for channel in channels { try? await channel.close() }
  }
}
