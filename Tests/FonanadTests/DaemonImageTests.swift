import ControlProtocol
import FonanaCore
import FonanaServer
import FonanaTestSupport
import FoundationEssentials
import Glibc
import Testing

@testable import fonanad

@Suite(.timeLimit(.minutes(2))) struct DaemonImageTests {
  private static let png: [UInt8] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]

  @Test func anImageIsKeptOfflineUploadedAndSaved() async throws {
    try await withTestDaemon { test in
      let me = test.world.makeUser(wallet: TestDaemon.wallet, nickname: "me")
      let bob = test.world.makeUser(nickname: "bob")
      _ = test.world.makeConversation(me.id, bob.id)
      try await test.logIn()
      try await test.wait(for: .synced)
      try await test.server.stopListening()
      let source = try test.home.write("", to: "source.png")
      let image = OwnedDescriptor(owning: open(source, O_RDWR))
      _ = FileBytes.writeAll(image.number, Self.png)
      let request = SendRequest(cid: .random(), to: "bob", hasImage: true, wait: .no)
      let queued = try await test.call(Calls.send, request, passing: image)
      #expect(queued.state == .queued)
      let folder = test.daemon.context.paths.outboxFolder
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == 1)
      try await test.server.startListening()
      try await test.wait(for: .drained)
      let sent = try await test.call(Calls.getMessage, MessageGetRequest(id: request.cid.rawValue))
      #expect(sent.message.mediaUrl != nil)
      let target = try test.home.write("", to: "target.png")
      let file = OwnedDescriptor(owning: open(target, O_RDWR))
      let id = try #require(sent.message.id)
      let saved = try await test.call(Calls.saveImage, ImageRequest(id: id), passing: file)
      #expect(saved.contentType == "image/png" && saved.byteCount == Self.png.count)
      lseek(file.number, 0, SEEK_SET)
      #expect(FileBytes.readAll(file.number, limit: 1000) == Self.png)
      try await isRefused(id, test)
    }
  }

  /// Whoever reads it may be slow.
  private func isRefused(_ id: MessageID, _ test: TestDaemon) async throws {
    var ends: [Int32] = [0, 0]
    pipe(&ends)
    let (reader, writer) = (OwnedDescriptor(owning: ends[0]), OwnedDescriptor(owning: ends[1]))
    let error = await #expect(throws: FonanaError.self) {
      try await test.call(Calls.saveImage, ImageRequest(id: id), passing: writer)
    }
    #expect(error?.code == .invalidInput)
    _ = reader
  }
}
