import ControlProtocol
import FonanaCore

extension OutboxListing: Renderable {
  func text(_ style: TextStyle) -> String {
    guard !items.isEmpty else { return style.isTerminal ? "Everything is delivered." : "" }
    var table = Table(["CID", "TO", "STATE", "TRIES", "QUEUED", "NEXT", "TEXT"])
    for item in items {
      table.add(
        item.cid.rawValue, DisplayText.line(item.to, limit: 24), item.shownState,
        "\(item.attempts)", style.time(item.queuedAt),
        item.nextAttemptAt.map(style.time) ?? "-", item.summary)
    }
    let rest = more > 0 ? "\n" + style.dim("(\(more) more)") : ""
    return table.text(style) + rest
  }
}

extension OutboxEntry {
  fileprivate var shownState: String {
    let shown = unresolved && state == .queued ? "unresolved" : state.rawValue
    if cancelWanted { return "\(shown), to be cancelled" }
    return blocking ? "\(shown), blocks" : shown
  }

  var summary: String {
    var parts: [String] = []
    if let mediaType { parts.append("[\(DisplayText.line(mediaType, limit: 20))]") }
    if let price { parts.append("[paid, \(MessageLine.sol(price))]") }
    if let content { parts.append(DisplayText.line(content, limit: 2000)) }
    if let reason { parts.append("(\(DisplayText.line(reason.message)))") }
    return parts.joined(separator: " ")
  }
}

/// The result of a change of the outbox.
struct OutboxActReport: Renderable {
  let done: String
  let result: OutboxActResult

  func encode(to encoder: any Encoder) throws { try result.encode(to: encoder) }

  func text(_ style: TextStyle) -> String {
    let what =
      result.item?.cancelWanted == true
      ? "noted" : "\(done): \(result.changed) message\(result.changed == 1 ? "" : "s")"
    let state = result.item.map { " (now \($0.state.rawValue))" } ?? ""
    let asked = result.asked.map {
      "\n  \($0.cid)  \(DisplayText.line($0.to, limit: 24))  \($0.summary)"
    }
    return what + state + (result.note.map { "\n" + $0 } ?? "") + asked.joined()
  }
}
