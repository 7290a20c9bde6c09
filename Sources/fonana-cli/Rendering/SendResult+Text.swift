import ControlProtocol
import FonanaCore

extension SendResult: Renderable {
  func text(_ style: TextStyle) -> String {
    let name = DisplayText.line(to, limit: 60)
    return switch state {
    case .sent: "\(style.green("sent")) to \(name) (\(messageId?.rawValue ?? cid.rawValue))"
    case .queued:
      "\(style.yellow("queued")) for \(name) (\(cid))" + (next.map { "\n\($0)" } ?? "")
    case .cancelled: "\(style.yellow("cancelled")): not sent to \(name) (\(cid))"
    case .parked: "\(style.red("parked")): not sent to \(name) (\(cid))"
    }
  }
}
