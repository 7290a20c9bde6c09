import ControlProtocol
import FonanaCore

extension NotifyResult: Renderable {
  func text(_ style: TextStyle) -> String {
    var facts = Facts()
    facts.add("pop-ups", enabled ? "on" : "off (notifications.enabled)")
    facts.add("muted", muted.isEmpty ? "nobody" : muted.joined(separator: ", "))
    facts.add("snoozed", snoozedUntil.map { "until \(style.time($0))" })
    facts.add(
      "test", shown.map { $0 ? "shown" : "no notification service has taken it; see fonana logs" })
    return facts.text(style)
  }
}
