import FonanaCore

/// Images, prices and metadata.
extension Simulation {
  func enclose(with cid: ClientID) {
    guard album.below(10) < plan.enclosures else { return }
    var enclosure = People.Enclosure()
    if album.happens(0.6) { enclosure.image = image(of: cid) }
    // A does not return the text of a paid message: an edit can't be told from what was before it.
    if album.happens(0.3), plan.generation == .b { enclosure.price = 0.5 }
    if album.happens(0.3) { enclosure.metadata = JSONText("{\"number\":\(album.below(100))}") }
    people.enclosures[cid] = enclosure
  }

  /// One of a few, so that the same bytes are sent more than once; some the server does not take.
  private func image(of cid: ClientID) -> OutgoingImage {
    let digest = album.happens(0.1) ? ModelServer.brokenImage : "image\(album.below(6))"
    return OutgoingImage(
      fileName: "\(digest)-\(cid).png", contentType: "image/png", byteCount: 1000, digest: digest)
  }
}
