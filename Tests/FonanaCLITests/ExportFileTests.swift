import ControlProtocol
import FonanaCore
import FonanaTestSupport
import Foundation
import Glibc
import Testing

@testable import fonana_cli

@Suite struct ExportFileTests {
  private func markdown(_ content: String) -> String {
    let message = MessageInfo(
      id: MessageID("m1"), conversationId: ConversationID("c1"), senderId: UserID("u1"),
      sender: "alice", content: content, createdAt: Timestamp(milliseconds: 0), isOwn: false,
      isUnread: false, isRead: false, isComplete: true, isPaid: false, isPurchased: false,
      state: .received)
    return ExportLine(message: message).markdown
  }

  @Test(arguments: [
    ("Forged\n===", "> Forged\n> \\=\\=\\="), ("    *x*", "> &nbsp;&nbsp;&nbsp;&nbsp;\\*x\\*"),
    ("*\u{200D}x*\u{FE0F}", "> \\*\u{200D}x\\*\u{FE0F}"), ("# 1. <b>", "> \\# 1\\. \\<b\\>"),
  ])
  func textOfOthersIsNoMarkdown(content: String, quoted: String) {
    #expect(markdown(content).hasSuffix("\n\n\(quoted)\n\n"), "\(markdown(content))")
  }

  @Test func aLinkLeadsToTheNewFileAndAPipeStaysOne() async throws {
    try await withTemporaryHome { home in
      try home.write("old", to: "target")
      let link = home.path("link")
      #expect(symlink(home.path("target"), link) == 0)
      let file = try PartialFile(beside: link)
      try file.write("new")
      _ = try file.finish(fileExtension: nil, replacing: true)
      #expect(try String(contentsOfFile: home.path("target"), encoding: .utf8) == "new")
      #expect(
        try FileManager.default.destinationOfSymbolicLink(atPath: link) == home.path("target"))

      #expect(mkfifo(home.path("pipe"), 0o600) == 0)
      let error = #expect(throws: FonanaError.self) {
        try PartialFile(beside: home.path("pipe"))
      }
      #expect(error?.code == .invalidInput)
    }
  }
}
