import FonanaCore
import FonanaTestSupport
import Foundation

@testable import LocalStore

/// A word in all that is to be forgotten, so that what is left of it can be found.
enum Canary {
  static let text = "canary-7f3a"
  static let talkWithBob = ConversationID("talk-bob")

  /// The files that hold it.
  static func files(in folder: TemporaryHome) throws -> [String] {
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
    return try names.filter { name in
      var isFolder: ObjCBool = false
      let path = folder.path(name)
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder),
        !isFolder.boolValue
      else { return false }
      return try Data(contentsOf: URL(filePath: path)).range(of: Data(text.utf8)) != nil
    }
  }

  static func notification(_ number: Int64, of message: Int64) -> PlatformNotification {
    PlatformNotification(
      id: NotificationID("n\(number)"), type: "NEW_MESSAGE", title: "Alice",
      message: "Alice: \(text)", isRead: false, createdAt: Sample.time(number),
      metadata: JSONText(
        #"{"conversationId":"\#(Sample.talk)","messageId":"m\#(message)","senderId":"user-alice"}"#),
      preview: MessagePreview(
        conversationID: Sample.talk, messageID: MessageID("m\(message)"),
        senderID: Sample.alice.id, senderName: "Alice", text: text))
  }

  static func fill(_ store: LocalStore) async throws {
    try await store.does(
      .pinAccount(Sample.account), .noteConversation(Sample.talk, with: Sample.alice),
      .noteConversation(talkWithBob, with: Sample.bob))
    try await store.pull((0..<200).map { Sample.message($0, content: "\(text) \($0)") })
    try await store.pull(
      [Sample.message(1000, from: Sample.bob.id, in: talkWithBob, content: "bob stays")],
      in: talkWithBob)
    try await store.does(
      .enqueue(Sample.item(1, content: "kept words")),
      .applyNotifications(
        [notification(200, of: 199)], unread: 1, coverages: [:], isBacklog: true))
  }
}
