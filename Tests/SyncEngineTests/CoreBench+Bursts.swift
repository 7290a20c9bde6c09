import FonanaCore

@testable import SyncEngine

extension CoreBench {
  /// Of three messages, the newest first.
  static let burst = [preview("m3", at: 31), preview("m2", at: 21), preview("m1", at: 11)]

  /// The messages in the order in which the store is told of them.
  var told: [String] {
    allActs.flatMap { act -> [String] in
      switch act {
      case .applyList(let states, _): states.compactMap { $0.conversation.last?.id.rawValue }
      case .applyNotifications(let rows, _, _, _):
        rows.reversed().compactMap { $0.preview?.messageID.rawValue }
      default: []
      }
    }
  }
}

extension ServerRequest {
  var isBurst: Bool { self == .listNotifications(limit: 50) }
  /// Of the question that was asked before: three more are unread.
  var isPreviews: Bool { self == .listNotifications(limit: 20) }
}
