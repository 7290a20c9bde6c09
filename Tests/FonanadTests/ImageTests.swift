import ControlProtocol
import FonanaCore
import FonanaTestSupport
import Glibc
import Testing

@testable import fonanad

@Suite struct ImageTests {
  private static let png: [UInt8] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]
  private let cid = ClientID("11111111-2222-4333-8444-555555555555")

  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ])
  func digestsAreThoseOfTheStandard(text: String, digest: String) {
    var hash = SHA256()
    for byte in text.utf8 { hash.update([byte]) }
    #expect(hash.finish() == digest)
  }

  private func keep(_ bytes: [UInt8], in home: TemporaryHome) throws -> OutgoingImage {
    let path = try home.write("", to: "source")
    let descriptor = OwnedDescriptor(owning: open(path, O_RDWR | O_CLOEXEC))
    #expect(FileBytes.writeAll(descriptor.number, bytes))
    mkdir(home.path("outbox"), 0o700)
    return try OutgoingImages(folder: home.path("outbox")).keep(descriptor, for: cid)
  }

  @Test func anImageIsCopiedBesideTheStore() async throws {
    try await withTemporaryHome { home in
      let image = try keep(Self.png, in: home)
      #expect(image.contentType == "image/png" && image.byteCount == Self.png.count)
      #expect(permissions(of: home.path("outbox/" + image.fileName)) == 0o600)
      OutgoingImages(folder: home.path("outbox")).remove(for: cid)
      #expect(permissions(of: home.path("outbox/" + image.fileName)) == nil)
    }
  }

  @Test(arguments: [Array("GIF90a".utf8), [], Array("RIFF1234WAVE".utf8)])
  func whatIsNoImageIsRefused(bytes: [UInt8]) async throws {
    try await withTemporaryHome { home in
      let error = #expect(throws: FonanaError.self) { try keep(bytes, in: home) }
      #expect(error?.code == .invalidInput)
    }
  }

  @Test func anImageOverTheLimitIsRefused() async throws {
    try await withTemporaryHome { home in
      let large = Self.png + [UInt8](repeating: 0, count: ImageFormat.sizeLimit)
      #expect(throws: FonanaError.self) { try keep(large, in: home) }
    }
  }

  @Test func orphansAreRemovedAndWantedImagesStay() async throws {
    try await withTemporaryHome { home in
      let image = try keep(Self.png, in: home)
      try home.write("x", to: "outbox/orphan.png")
      let item = OutboxItem(
        cid: cid, recipient: Recipient(text: "a"), content: nil, image: image, state: .queued,
        queuedAt: Timestamp(milliseconds: 0))
      OutgoingImages(folder: home.path("outbox")).removeOrphans(keeping: [item])
      #expect(permissions(of: home.path("outbox/orphan.png")) == nil)
      #expect(permissions(of: home.path("outbox/" + image.fileName)) != nil)
    }
  }
}
