import ControlProtocol
import FonanaCore

extension HookListing: Renderable {
  func text(_ style: TextStyle) -> String {
    guard !hooks.isEmpty else { return style.isTerminal ? "No hook is configured." : "" }
    var table = Table(["NAME", "STATE", "WAITING", "LOST", "COMMAND"])
    for hook in hooks {
      table.add(
        hook.name, hook.shownState, "\(hook.waiting)", hook.lost == 0 ? "-" : "\(hook.lost)",
        DisplayText.line(hook.command.joined(separator: " "), limit: 200))
    }
    return table.text(style)
  }
}

extension HookInfo: Renderable {
  func text(_ style: TextStyle) -> String { "\(name): \(shownState)" }

  fileprivate var shownState: String { HookStatus(self).sentence }
}

extension HookStatus {
  /// Whether a person should know.
  var isIll: Bool { failures > 0 || state == .parked }

  var sentence: String {
    guard isIll else { return state.rawValue }
    let why = reason.map { ": \(DisplayText.line($0, limit: 200))" } ?? ""
    return "\(state.rawValue), \(DisplayText.count(failures, "failure"))\(why)"
  }
}
