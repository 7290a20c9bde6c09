import ControlProtocol
import FonanaCore

/// A message as text: what it is, and what it says.
struct MessageLine {
  let message: MessageInfo

  /// In one line; what is no text is shown as what it is.
  func summary() -> String {
    let text = message.content.map { DisplayText.line($0, limit: 2000) }
    return labelled(text)
  }

  /// With all its lines, the further ones indented.
  func body(indent: String) -> String {
    let text = message.content.map { DisplayText.block($0, indent: indent) }
    return labelled(text)
  }

  private func labelled(_ text: String?) -> String {
    let labels = labels
    guard !labels.isEmpty else { return text ?? "" }
    return (labels + [text].compactMap { $0 }).joined(separator: " ")
  }

  private var labels: [String] {
    if isLocked { return ["[locked, \(Self.sol(message.price))]"] }
    var labels: [String] = []
    if let tip { labels.append(tip) }
    if message.isPaid { labels.append("[paid, \(Self.sol(message.price))]") }
    if message.mediaUrl != nil || message.mediaType != nil {
      labels.append("[\(DisplayText.line(message.mediaType ?? "media", limit: 20))]")
    }
    if labels.isEmpty, message.content == nil {
      labels.append(message.isComplete ? "[no text]" : "[text not fetched yet]")
    }
    if message.truncated { labels.append("[cut]") }
    return labels
  }

  private var isLocked: Bool { message.isPaid && !message.isPurchased && !message.isOwn }

  private var tip: String? {
    guard let metadata = message.metadata, metadata["type"]?.string == "tip" else { return nil }
    let level = metadata["tipLevel"]?.string.map { ", \(DisplayText.line($0, limit: 20))" }
    return "[tip \(Self.sol(metadata["amount"]?.double))\(level ?? "")]"
  }

  /// `0.5 SOL`, without a decimal point that says nothing.
  static func sol(_ amount: Double?) -> String {
    guard let amount else { return "? SOL" }
    let text = "\(amount)"
    return (text.hasSuffix(".0") ? String(text.dropLast(2)) : text) + " SOL"
  }
}
