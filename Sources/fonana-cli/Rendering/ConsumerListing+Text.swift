import ControlProtocol
import FonanaCore

extension ConsumerListing: Renderable {
  func text(_ style: TextStyle) -> String {
    guard !consumers.isEmpty else { return style.isTerminal ? "Nobody reads under a name." : "" }
    var table = Table(["NAME", "CURSOR", "WAITING", "LOST", "SEEN"])
    for consumer in consumers {
      table.add(
        DisplayText.line(consumer.name, limit: 64), "\(consumer.cursor)", "\(consumer.waiting)",
        consumer.lost == 0 ? "-" : "\(consumer.lost)",
        consumer.connected ? "connected" : consumer.seenAt.map(style.time) ?? "-")
    }
    return table.text(style)
  }
}
