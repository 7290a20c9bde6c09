import NIOCore
import Synchronization

/// The open sockets, and the one slot per user that gets events.
///
/// The slot belongs to the newest socket of a user. When any socket of the user closes, the slot is
/// emptied, and one that remains open gets nothing any more (docs/protocol.md, 8).
package final class SocketRegistry: Sendable {
  private struct Socket {
    let channel: any Channel
    var userID: String?
    var channelKeys: Set<String> = []
  }

  private struct Guarded {
    var sockets: [ObjectIdentifier: Socket] = [:]
    var slots: [String: ObjectIdentifier] = [:]
    var upgradeFault: UpgradeFault?
    var isSilent = false
  }

  private let guarded = Mutex(Guarded())
  private let world: World

  init(world: World) {
    self.world = world
  }

  /// Strikes every upgrade until it is set to nil.
  package var upgradeFault: UpgradeFault? {
    get { guarded.withLock { $0.upgradeFault } }
    set { guarded.withLock { $0.upgradeFault = newValue } }
  }

  /// While true, sockets stay open but nothing is answered or sent, not even pings and pongs.
  package var isSilent: Bool {
    get { guarded.withLock { $0.isSilent } }
    set { guarded.withLock { $0.isSilent = newValue } }
  }

  /// The ids of users with an open socket, once for each socket.
  package var userIDs: [String] {
    guarded.withLock { $0.sockets.values.compactMap(\.userID).sorted() }
  }

  /// Closes sockets with a close frame; nil: those of all users.
  package func closeAll(code: UInt16, reason: String = "", userID: String? = nil) {
    command(.close(code: code, reason: reason), userID: userID)
  }

  /// Closes connections without a close frame; nil: those of all users.
  package func terminateAll(userID: String? = nil) {
    command(.terminate, userID: userID)
  }

  /// Sends a text to every socket of the user, whatever the slot and the subscriptions say.
  package func sendRaw(_ text: String, to userID: String) {
    command(.sendText(text), userID: userID)
  }

  private func command(_ command: SocketCommand, userID: String?) {
    let channels = guarded.withLock { guarded in
      guarded.sockets.values.filter { userID == nil || $0.userID == userID }.map(\.channel)
    }
    for channel in channels { channel.triggerUserOutboundEvent(command, promise: nil) }
  }

  func deliver(_ push: Push) {
    let channel = guarded.withLock { guarded in
      guarded.slots[push.userID].flatMap { guarded.sockets[$0] }
        .flatMap { $0.channelKeys.contains("notifications_\(push.userID)") ? $0.channel : nil }
    }
    guard let channel else {
      world.count { $0.pushesLost += 1 }
      return
    }
    channel.triggerUserOutboundEvent(SocketCommand.sendText(push.text), promise: nil)
    world.count { $0.pushesSent += 1 }
  }

  func opened(_ channel: any Channel) {
    guarded.withLock { $0.sockets[ObjectIdentifier(channel)] = Socket(channel: channel) }
  }

  func connected(_ channel: any Channel, userID: String) {
    let id = ObjectIdentifier(channel)
    guarded.withLock { guarded in
      guarded.sockets[id]?.userID = userID
      guarded.slots[userID] = id
    }
    world.count { counters in
      counters.openSockets += 1
      counters.greetings += 1
    }
  }

  func subscribed(_ channel: any Channel, to key: String) {
    guarded.withLock { _ = $0.sockets[ObjectIdentifier(channel)]?.channelKeys.insert(key) }
    world.count { $0.subscriptions += 1 }
  }

  /// Whether there was such a subscription.
  func unsubscribed(_ channel: any Channel, from key: String) -> Bool {
    guarded.withLock { guarded in
      guarded.sockets[ObjectIdentifier(channel)]?.channelKeys.remove(key) != nil
    }
  }

  func closed(_ channel: any Channel) {
    let userID = guarded.withLock { guarded -> String? in
      let socket = guarded.sockets.removeValue(forKey: ObjectIdentifier(channel))
      // The bug: the slot goes even when it belongs to another socket.
      if let userID = socket?.userID { guarded.slots[userID] = nil }
      return socket?.userID
    }
    if userID != nil { world.count { $0.openSockets -= 1 } }
  }
}
