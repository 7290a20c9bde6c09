import ControlProtocol
import FonanaCore

/// An error as the command shows it.
struct ErrorReport: Renderable, Decodable {
  let error: ErrorInfo

  func text(_ style: TextStyle) -> String {
    var lines = ["\(style.red("error:")) \(DisplayText.line(error.message))"]
    if let hint = error.hint { lines.append("hint: \(DisplayText.line(hint))") }
    if error.code == .notLoggedIn { lines.append("hint: All commands: fonana --help") }
    return lines.joined(separator: "\n")
  }
}
