import FoundationEssentials
import Testing

@testable import FonanaServer

@Suite(.timeLimit(.minutes(1)))
struct JournalTests {
  @Test func aRestartBringsEverythingBack() throws {
    try withFile { path in
      let (before, userID, conversationID) = try filled(path)
      let after = try World.opening(Self.configuration(path))
      #expect(after.user(id: userID) == before.user(id: userID))
      #expect(after.user(nickname: "renamed")?.id == userID)
      #expect(after.messages(in: conversationID) == before.messages(in: conversationID))
      #expect(after.messages(in: conversationID).count == 3)
      #expect(after.notifications(of: userID) == before.notifications(of: userID))
      #expect(
        after.unreadCount(in: conversationID, of: userID)
          == before.unreadCount(in: conversationID, of: userID))
      #expect(after.read { $0.uploads } == before.read { $0.uploads })
      #expect(after.read { $0.allRevokedUntil } == before.read { $0.allRevokedUntil })
    }
  }

  @Test func aTornLastLineIsCutOff() throws {
    try withFile { path in
      let (before, _, conversationID) = try filled(path)
      let whole = try Data(contentsOf: URL(filePath: path))
      try (whole + Data(#"{"act":"mess"#.utf8)).write(to: URL(filePath: path))
      let after = try World.opening(Self.configuration(path))
      #expect(after.messages(in: conversationID) == before.messages(in: conversationID))
      #expect(try Data(contentsOf: URL(filePath: path)) == whole)
    }
  }

  @Test func aBrokenLineIsNamed() throws {
    try withFile { path in
      try Data("{}\n".utf8).write(to: URL(filePath: path))
      #expect(throws: JournalError.malformed(path: path, line: 1)) {
        try World.opening(Self.configuration(path))
      }
    }
  }

  private static func configuration(_ path: String) -> ServerConfiguration {
    var configuration = ServerConfiguration(generation: .a)
    configuration.dataFile = path
    return configuration
  }

  /// A world in which each kind of act has happened.
  private func filled(_ path: String) throws -> (World, String, String) {
    let world = try World.opening(Self.configuration(path))
    let ada = world.makeUser(nickname: "ada", isCreator: true)
    let ben = world.makeUser()
    world.renameUser(ada.id, nickname: "renamed")
    let id = world.makeConversation(ada.id, ben.id)
    let draft = MessageDraft("paid \u{1F600}", price: 0.5, metadata: ["k": [1, .null]])
    let paid = world.send(from: ben.id, in: id, draft, at: 5)
    world.purchase(paid.id, by: ada.id)
    world.send(from: ada.id, in: id, MessageDraft("one"), at: 6)
    world.markRead(id, by: ben.id)
    let gone = world.send(from: ben.id, in: id, MessageDraft("gone"), at: 7)
    world.deleteMessage(gone.id)
    let edited = world.send(from: ben.id, in: id, MessageDraft("two"), at: 8)
    world.editMessage(edited.id, content: "three")
    world.update { state in
      let rows = state.notifications(of: ada.id)
      state.perform(.readNotifications(userID: ada.id, ids: [rows[0].id]))
      state.perform(.deleteNotifications(userID: ada.id, ids: [rows[1].id]))
      state.perform(
        .addUpload(path: "/messages/a.png", .init(contentType: "image/png", bytes: [0, 255])))
    }
    world.deleteUser(world.makeUser(nickname: "cleo").id)
    world.revokeAllTokens()
    return (world, ada.id, id)
  }

  private func withFile(_ body: (String) throws -> Void) throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "journal-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: url) }
    try body(url.path)
  }
}
