import ControlProtocol
import FonanaCore

extension BlockInfo {
  /// What stands still, why, and what to do.
  var sentence: String {
    let name = DisplayText.line(to, limit: 24)
    let others = waiting == 0 ? "" : ", \(waiting) more wait\(waiting == 1 ? "s" : "") behind it"
    return "a message to \(name) is \(state.rawValue)\(others); see “fonana outbox show \(cid)”"
  }

  /// For a table's row.
  var mark: String {
    let others = waiting == 0 ? "" : ", \(waiting) behind it"
    return state.rawValue + others
  }
}
