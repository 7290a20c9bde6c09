import ControlProtocol
import FonanaCore

extension OutboxListing: Renderable {
  func text(_ style: TextStyle) -> String {
    guard !items.isEmpty else { return style.isTerminal ? "Everything is delivered." : "" }
    var table = Table(["CID", "TO", "STATE", "TRIES", "QUEUED", "TEXT"])
    for item in items {
      table.add(
        item.cid.rawValue, DisplayText.line(item.to, limit: 24), item.state.rawValue,
        "\(item.attempts)", style.time(item.queuedAt), item.summary)
    }
    return table.text(style)
  }
}

extension OutboxEntry {
  var summary: String {
    var parts: [String] = []
    if let mediaType { parts.append("[\(DisplayText.line(mediaType, limit: 20))]") }
    if let price { parts.append("[paid, \(MessageLine.sol(price))]") }
    if let content { parts.append(DisplayText.line(content, limit: 2000)) }
    if let reason { parts.append("(\(DisplayText.line(reason.message)))") }
    return parts.joined(separator: " ")
  }
}

extension OutboxDetail: Renderable {
  func text(_ style: TextStyle) -> String {
    var facts = Facts()
    facts.add("cid", entry.cid.rawValue)
    facts.add("to", entry.to + (entry.unresolved ? " (not looked up yet)" : ""))
    facts.add("state", entry.state.rawValue)
    facts.add("tries", "\(entry.attempts)")
    facts.add("queued", style.time(entry.queuedAt))
    facts.add("next try", entry.nextAttemptAt.map(style.time))
    facts.add("reason", entry.reason?.message)
    facts.add("to do", entry.reason?.hint)
    let steps = history.map { step in
      let detail = DisplayText.line(step.detail)
      return "\(style.time(step.at))  \(step.from ?? "-") → \(step.to)  \(step.outcome)  \(detail)"
    }
    let text = entry.content.map { DisplayText.block($0) }
    let parts: [String?] = [facts.text(style), text, steps.joined(separator: "\n")]
    return parts.compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: "\n\n")
  }
}

/// The result of a change of the outbox.
struct OutboxActReport: Renderable {
  let done: String
  let result: OutboxActResult

  func encode(to encoder: any Encoder) throws { try result.encode(to: encoder) }

  func text(_ style: TextStyle) -> String {
    "\(done): \(result.changed) message\(result.changed == 1 ? "" : "s")"
      + (result.item.map { " (now \($0.state.rawValue))" } ?? "")
  }
}
