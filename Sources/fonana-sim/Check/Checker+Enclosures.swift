import FonanaCore
import SyncEngine

/// Invariant 20: a message leaves with the image, the price and the metadata that it was queued
/// with, and not before the server has the image.
extension Checker {
  mutating func enclosed(_ message: OutgoingMessage, _ sim: Simulation) {
    guard sim.people.sends[message.cid] != nil else { return }
    let wanted = sim.people.enclosures[message.cid] ?? .none
    let address = wanted.image.map { ModelServer.address(of: $0.fileName) }
    if message.mediaURL != address || (message.mediaType != nil) != (address != nil) {
      let (sent, queued) = (message.mediaURL ?? "none", address ?? "none")
      fail(20, "POST of \(message.cid) with the image “\(sent)”, not “\(queued)”")
    }
    if let address, !sim.server.media.contains(address) {
      fail(20, "POST of \(message.cid), whose image has not come to the server")
    }
    if message.price != wanted.price || message.metadata != wanted.metadata {
      fail(20, "POST of \(message.cid) with another price or other metadata")
    }
    if address != nil { sim.deeds.count(.imageSent) }
    if wanted.price != nil { sim.deeds.count(.paidSent) }
  }

  /// To repeat it does no harm.
  func uploads(_ fileName: String, _ sim: Simulation) {
    let isThere = sim.server.media.contains(ModelServer.address(of: fileName))
    sim.deeds.count(isThere ? .imageUploadedAgain : .imageUploaded)
  }
}
