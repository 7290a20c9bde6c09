import ArgumentParser
import ControlProtocol
import FonanaCore
import FoundationEssentials

/// Completes recipients with the names that a running daemon knows; never starts one.
enum Names {
  static let completion = CompletionKind.custom { words, _, typed in
    let names = offered(known(to: OptionWords.value(of: "--profile", in: words)))
    return (typed.hasPrefix("@") ? names.map { "@\($0)" } : names).filter { $0.hasPrefix(typed) }
  }

  /// The shell takes them as if they had been typed, and whoever writes has chosen the name.
  static func offered(_ people: [ConversationInfo]) -> [String] {
    people.map { $0.participant.nickname ?? $0.id.rawValue }.filter(RecipientSigns.areAll)
  }

  private static func known(to profile: String?) -> [ConversationInfo] {
    let environment = ProcessInfo.processInfo.environment
    guard let paths = try? ProfilePaths(profile: profile, environment: environment),
      let client = try? DaemonLauncher(paths, environment: environment).client(.never),
      let inbox = try? client.call(
        Calls.listConversations, ConversationListRequest(refresh: false), patience: .seconds(1))
    else { return [] }
    return inbox.conversations
  }
}
