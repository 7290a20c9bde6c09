import ControlProtocol
import FonanaCore
import LocalStore

extension GapInfo {
  init(_ gap: MessageGap) {
    self.init(
      Reason(gap.reason), newerId: gap.newer?.id, newerAt: gap.newer?.createdAt,
      olderId: gap.older?.id, olderAt: gap.older?.createdAt)
  }
}

extension GapInfo.Reason {
  init(_ reason: MessageGap.Reason) {
    switch reason {
    case .notFetched: self = .notFetched
    case .unreadable: self = .unreadable
    }
  }
}
