import ArgumentParser
import ControlProtocol
import FonanaCore
import FoundationEssentials

/// Completes recipients with the names that a running daemon knows; never starts one.
enum Names {
  static let completion = CompletionKind.custom { words, _, typed in
    known(to: profile(in: words)).filter { $0.hasPrefix(typed) }
  }

  /// What `--profile` names in a line that is being typed. bash hands “--profile=work” on as three
  /// words.
  static func profile(in words: [String]) -> String? {
    let option = "--profile"
    guard let place = words.lastIndex(where: { $0 == option || $0.hasPrefix(option + "=") }) else {
      return nil
    }
    if words[place] != option { return String(words[place].dropFirst(option.count + 1)) }
    return words[(place + 1)...].first { $0 != "=" }
  }

  private static func known(to profile: String?) -> [String] {
    let environment = ProcessInfo.processInfo.environment
    guard let paths = try? ProfilePaths(profile: profile, environment: environment),
      let client = try? DaemonLauncher(paths, environment: environment).client(.never),
      let inbox = try? client.call(
        Calls.listConversations, ConversationListRequest(refresh: false), patience: .seconds(1))
    else { return [] }
    return inbox.conversations.map { $0.participant.nickname ?? $0.id.rawValue }
      .filter { $0.allSatisfy { !$0.isWhitespace && !$0.isNewline } }
  }
}
