import ControlProtocol
import FonanaCore
import FoundationEssentials
import Glibc

/// The images that wait in the profile's `outbox` folder.
struct OutgoingImages: Sendable {
  let folder: String

  /// Copies what an open descriptor holds; durable, with its name, when this returns. The name
  /// tells the cid and the bytes: a repeated request replaces the same file, another image with
  /// the same cid does not.
  func keep(
    _ source: OwnedDescriptor, for cid: ClientID
  ) throws(FonanaError) -> OutgoingImage {
    lseek(source.number, 0, SEEK_SET)
    guard let bytes = FileBytes.readAll(source.number, limit: ImageFormat.sizeLimit) else {
      throw errno == EFBIG
        ? invalid("The image is larger than \(ImageFormat.sizeLimit >> 20) MiB.")
        : invalid("The image can't be read: \(SystemError.text(errno)).")
    }
    guard let format = ImageFormat(head: bytes) else {
      throw invalid("The file is no PNG, JPEG, GIF or WebP image.")
    }
    var hash = SHA256()
    hash.update(bytes)
    let digest = hash.finish()
    let name = "\(cid.rawValue)-\(digest.prefix(16)).\(format.fileExtension)"
    try AtomicFile.write(bytes, to: "\(folder)/\(name)")
    return OutgoingImage(
      fileName: name, contentType: format.rawValue, byteCount: bytes.count, digest: digest)
  }

  func remove(_ image: OutgoingImage) { unlink("\(folder)/\(image.fileName)") }

  /// Removes the files of an item that has left the outbox.
  func remove(for cid: ClientID) {
    for name in names where name.hasPrefix(cid.rawValue + "-") { unlink("\(folder)/\(name)") }
  }

  /// Removes the files that no item names: what a crash has left.
  func removeOrphans(keeping items: [OutboxItem]) {
    let wanted = Set(items.compactMap(\.image?.fileName))
    for name in names where !wanted.contains(name) { unlink("\(folder)/\(name)") }
  }

  private var names: [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
  }

  private func invalid(_ sentence: String) -> FonanaError {
    FonanaError(.invalidInput, sentence, hint: "Send a PNG, JPEG, GIF or WebP image up to 10 MiB.")
  }
}
