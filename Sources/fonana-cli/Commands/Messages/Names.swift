import ArgumentParser
import ControlProtocol
import FonanaCore
import FoundationEssentials

/// Completes recipients with the names that a running daemon knows; never starts one.
enum Names {
  static let completion = CompletionKind.custom { _, _, typed in
    known().filter { $0.hasPrefix(typed) }
  }

  private static func known() -> [String] {
    let environment = ProcessInfo.processInfo.environment
    guard let paths = try? ProfilePaths(environment: environment),
      let client = try? DaemonLauncher(paths, environment: environment).client(.never),
      let inbox = try? client.call(
        Calls.listConversations, ConversationListRequest(refresh: false), patience: .seconds(1))
    else { return [] }
    return inbox.conversations.map { $0.participant.nickname ?? $0.id.rawValue }
      .filter { $0.allSatisfy { !$0.isWhitespace && !$0.isNewline } }
  }
}
