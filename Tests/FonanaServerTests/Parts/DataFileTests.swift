import FoundationEssentials
import Synchronization
import Testing

@testable import FonanaServer

@Suite(.timeLimit(.minutes(1)))
struct DataFileTests {
  @Test func aRestartBringsEverythingBack() throws {
    try withFile { path in
      let (before, userID, conversationID) = try filled(path)
      let after = try World.opening(Self.configuration(path))
      #expect(after.read(\.users) == before.read(\.users))
      #expect(after.read(\.conversationIDsByUser) == before.read(\.conversationIDsByUser))
      #expect(
        after.read { $0.conversations[conversationID]?.lastMessageAt }
          == before.read { $0.conversations[conversationID]?.lastMessageAt })
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

  @Test func whatIsNoWorldIsRefusedAndLeftAsItIs() throws {
    try withFile { path in
      let text = Data(String(repeating: "{}\n", count: 400).utf8)
      try text.write(to: URL(filePath: path))
      #expect(throws: DataFileError(path: path, reason: "file is not a database")) {
        try World.opening(Self.configuration(path))
      }
      #expect(try Data(contentsOf: URL(filePath: path)) == text)
    }
    try withFile { path in
      try SQLiteConnection(path: path).execute("CREATE TABLE other (id)")
      #expect(throws: DataFileError.self) { try World.opening(Self.configuration(path)) }
    }
  }

  @Test func aWorldBelongsToOneServerAtATime() throws {
    try withFile { path in
      let world = try World.opening(Self.configuration(path))
      #expect(throws: DataFileError(path: path, reason: "database is locked")) {
        try World.opening(Self.configuration(path))
      }
      withExtendedLifetime(world) {}
    }
  }

  @Test func everyCommitIsSynced() throws {
    try withFile { path in
      let file = try DataFile(path: path)
      #expect(try file.settings() == ["exclusive", "wal", "2"])
    }
  }

  /// The trigger stands for a full disk: SQLite refuses the change.
  @Test func nothingIsAnsweredThatCouldNotBeSaved() async throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "world-\(UUID().uuidString)")
    defer { Self.remove(url) }
    var configuration = Self.configuration(url.path)
    configuration.offersControl = true
    _ = try World.opening(configuration)
    try SQLiteConnection(path: url.path).execute(
      "CREATE TRIGGER full BEFORE INSERT ON messages BEGIN SELECT RAISE(ABORT, 'full'); END")
    let server = try ReferenceServer(configuration: configuration)
    let end = Task { try await server.run() }
    try await server.waitUntilListening()
    let scene = Scene(server)
    #expect(try await scene.send(["content": "lost"]) == nil)
    await #expect(throws: DataFileError(path: url.path, reason: "full")) { try await end.value }
  }

  private static func configuration(_ path: String) -> ServerConfiguration {
    var configuration = ServerConfiguration(generation: .a)
    configuration.dataFile = path
    return configuration
  }

  /// A world in which each kind of act has happened, and whose file is closed again.
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
    let cleo = world.makeUser(nickname: "cleo")
    world.send(
      from: cleo.id, in: world.makeConversation(cleo.id, ada.id), MessageDraft("goes along"))
    world.deleteUser(cleo.id)
    world.revokeAllTokens()
    return (World(state: world.read { $0 }, file: nil), ada.id, id)
  }

  private func withFile(_ body: (String) throws -> Void) throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "world-\(UUID().uuidString)")
    defer { Self.remove(url) }
    try body(url.path)
  }

  private static func remove(_ url: URL) {
    for suffix in ["", "-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: url.path + suffix)
    }
  }
}

extension DataFile {
  /// How the connection that writes is set.
  fileprivate func settings() throws -> [String] {
    try connection.withLock { connection throws(DataFileError) in
      var found: [String] = []
      for name in ["locking_mode", "journal_mode", "synchronous"] {
        try connection.query("PRAGMA \(name)") { found.append($0.text(0)) }
      }
      return found
    }
  }
}
