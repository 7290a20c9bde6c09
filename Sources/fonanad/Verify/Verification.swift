import ControlProtocol
import FonanaCore
import LocalStore
import SyncEngine

/// `store.verify`: asks the server and compares, without changing the mirror.
struct Verification: Sendable {
  private static let patience = Duration.seconds(30)

  let context: DaemonContext

  func run(_ request: VerifyRequest) async throws(FonanaError) -> VerifyResult {
    _ = try await context.loggedInAccount()
    var only: ConversationID?
    if let who = request.who { only = try await context.conversation(who) }
    var list = try await listed()
    var result = VerifyResult(deep: request.deep)
    result.differences = try await differences(with: list, only)
    if !result.differences.isEmpty {
      // Something may have come since the last list: what is left after a new one is a difference.
      _ = await context.engine.refreshList(patience: Self.patience)
      list = try await listed()
      result.differences = try await differences(with: list, only)
    }
    let chosen = list.filter { only == nil || $0.id == only }
    result.conversations = chosen.count
    guard request.deep else { return result }
    for conversation in chosen {
      var comparison = HistoryComparison(of: conversation, context: context)
      try await comparison.run()
      result.messages += comparison.compared
      result.forgotten += comparison.forgotten
      result.differences += comparison.differences
    }
    return result
  }

  private func listed() async throws(FonanaError) -> [ListedConversation] {
    let reply = try await context.engine.call(.listConversations, patience: Self.patience)
    guard case .conversations(let list) = reply else { throw Self.otherAnswer }
    return list
  }

  static let otherAnswer = FonanaError(
    .badAnswer, "The server gave an answer to another question.", retryable: true)

  private func differences(
    with list: [ListedConversation], _ only: ConversationID?
  ) async throws(FonanaError) -> [VerifyDifference] {
    let rows = try await context.store.conversations(mode: context.mode)
    var here = Dictionary(rows.map { ($0.id, $0) }) { first, _ in first }
    var found: [VerifyDifference] = []
    for listed in list {
      let row = here.removeValue(forKey: listed.id)
      guard only == nil || listed.id == only else { continue }
      found += try await compare(listed, row)
    }
    for row in rows where here[row.id] != nil && !row.isRemoved && (only ?? row.id) == row.id {
      found.append(
        VerifyDifference(.notAtServer, in: row.id, who: ParticipantInfo(row.participant).name))
    }
    return found
  }

  private func compare(
    _ listed: ListedConversation, _ row: ConversationRow?
  ) async throws(FonanaError) -> [VerifyDifference] {
    let who = ParticipantInfo(listed.participant).name
    guard let row else { return [VerifyDifference(.notHere, in: listed.id, who: who)] }
    let mirrored = try await context.store.mirrored(
      listed.last.map { [$0.id] } ?? [], in: listed.id)
    // All of it was forgotten, and so whatever of it is unread.
    if let floor = mirrored.coverage.floor, let last = listed.last, last.createdAt < floor {
      return []
    }
    var found: [VerifyDifference] = []
    // What was fetched for a bot or in eager mode is read at the server, and nobody has read it.
    if row.unread < listed.unread {
      found.append(
        VerifyDifference(
          .unread, in: listed.id, who: who, server: "\(listed.unread)", here: "\(row.unread)"))
    }
    guard let last = listed.last else { return found }
    let known = mirrored.rows[last.id]
    if known == nil || known?.isDeleted == true || row.last?.message.id != last.id {
      found.append(
        VerifyDifference(
          .lastMessage, in: listed.id, who: who, server: last.id.rawValue,
          here: row.last?.message.id.rawValue))
    } else if let text = last.content, let other = known?.content, text != other {
      found.append(VerifyDifference(.text, in: listed.id, who: who, message: last.id))
    }
    return found
  }
}

extension ParticipantInfo {
  /// The best one that is known.
  var name: String { nickname ?? fullName ?? wallet ?? id.rawValue }
}
