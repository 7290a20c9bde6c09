import ControlProtocol
import FonanaCore

extension GapInfo {
  init(_ gap: Gap) {
    self.init(
      newerId: gap.newer.id, newerAt: gap.newer.createdAt, olderId: gap.older?.id,
      olderAt: gap.older?.createdAt)
  }
}
