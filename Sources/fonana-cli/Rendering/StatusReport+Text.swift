import ControlProtocol
import FonanaCore

extension StatusReport: Renderable {
  func text(_ style: TextStyle) -> String {
    var facts = Facts()
    facts.add("account", accountLine)
    facts.add("server", serverLine(style))
    facts.add("token", tokenLine(style))
    facts.add("connection", connectionLine(style))
    facts.add("sync", syncLine(style))
    facts.add("outbox", outboxLine)
    for block in outbox.blocking { facts.add("blocked", block.sentence) }
    for hook in hooks { facts.add("hook", hookLine(hook)) }
    facts.add(
      "store", "\(Self.size(sync.databaseBytes)), \(DisplayText.count(sync.messages, "message"))")
    if let damage = sync.damage { facts.add("damage", damageLine(damage, style)) }
    facts.add("daemon", daemonLine)
    return facts.text(style)
  }

  private var accountLine: String {
    guard let name = account.nickname ?? account.wallet else {
      return "not logged in; type “fonana login --wallet ADDRESS”"
    }
    return account.wallet.map { $0 == name ? name : "\(name) (\($0))" } ?? name
  }

  private func serverLine(_ style: TextStyle) -> String {
    let generation = account.generation.map { " (generation \($0.rawValue))" } ?? ""
    let state =
      server.reachable
      ? "reachable" : sync.source == .starting ? "not heard from yet" : "not reachable"
    let last = server.lastSuccessAt.map { ", last answer \(style.time($0))" } ?? ""
    let isWell = server.reachable && sync.state != .behind
    let why = isWell ? "" : server.lastError.map { ": \($0.message)" } ?? ""
    return "\(account.server)\(generation), \(state)\(last)\(why)"
  }

  private func tokenLine(_ style: TextStyle) -> String {
    let end = token.expiresAt.map { ", until \(style.time($0))" } ?? ""
    let place = token.place == .secretService ? ", in the Secret Service" : ""
    let refusal =
      token.refusedBy.isEmpty
      ? "" : "; the server refuses it for: " + token.refusedBy.joined(separator: ", ")
    let problem = token.placeProblem.map { "; \($0)" } ?? ""
    return token.state.rawValue + end + place + refusal + problem
  }

  private func connectionLine(_ style: TextStyle) -> String {
    var parts = [connection.state.rawValue]
    if let since = connection.since { parts.append("since \(style.time(since))") }
    if let next = connection.nextAttemptAt { parts.append("next try \(style.time(next))") }
    let why = connection.state == .connected ? nil : connection.lastError?.message
    return parts.joined(separator: ", ") + (why.map { ": \($0)" } ?? "")
  }

  private func syncLine(_ style: TextStyle) -> String {
    var parts = ["\(sync.state.rawValue) (\(sync.mode))"]
    parts.append(DisplayText.count(sync.conversations, "conversation"))
    if let time = sync.completeUpTo {
      parts.append("complete up to \(style.time(time)) (\(sync.source.phrase))")
    }
    if sync.gaps > 0 { parts.append(DisplayText.count(sync.gaps, "gap")) }
    if sync.unreadable > 0 {
      parts.append(
        "unreadable messages in " + DisplayText.count(sync.unreadable, "conversation"))
    }
    if sync.incomplete > 0 {
      parts.append(DisplayText.count(sync.incomplete, "text") + " incomplete")
    }
    return parts.joined(separator: ", ")
  }

  private var outboxLine: String {
    let counts = [
      (outbox.queued, "queued"), (outbox.sending, "sending"), (outbox.uncertain, "uncertain"),
      (outbox.parked, "parked"), (outbox.held, "held"),
    ].filter { $0.0 > 0 }
    return counts.isEmpty ? "empty" : counts.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
  }

  private func hookLine(_ hook: HookStatus) -> String {
    let way = hook.state == .parked ? "; type “fonana hooks retry \(hook.name)”" : ""
    return "\(hook.name), \(hook.sentence)\(way)"
  }

  private func damageLine(_ damage: DamageInfo, _ style: TextStyle) -> String {
    let time = damage.at.map { " on \(style.time($0))" } ?? ""
    let saved = DisplayText.count(damage.messagesSaved, "waiting message") + " saved"
    let lost = damage.isOutboxComplete ? "" : ", some may be in the copy only"
    return "the store was damaged\(time) and made anew, \(saved)\(lost); copy: \(damage.copy)"
  }

  private var daemonLine: String {
    let up = TextStyle.amount(.seconds(Int64(daemon.uptimeSeconds)))
    return "\(daemon.version), pid \(daemon.pid), up \(up), "
      + "\(Self.size(daemon.residentBytes)) resident, "
      + DisplayText.count(daemon.clients, "client")
  }

  static func size(_ bytes: Int64) -> String {
    switch bytes {
    case ..<1024: "\(bytes) B"
    case ..<(1 << 20): "\(bytes >> 10) KiB"
    default: "\(bytes >> 20) MiB"
    }
  }
}
