import ControlProtocol
import FonanaCore

extension SearchResult: Renderable {
  func text(_ style: TextStyle) -> String {
    matches.map { $0.line(style) }.joined(separator: "\n")
  }
}

extension SearchResult.Match {
  /// `2026-11-24T13:49:48Z  alice: … good morning …  [id]`
  fileprivate func line(_ style: TextStyle) -> String {
    let time = style.dim(style.time(message.createdAt))
    let found = parts.map { part in
      let text = DisplayText.line(part.text)
      return part.isMatch ? style.bold(text) : text
    }
    let id = style.dim("[\(message.id.map { DisplayText.line($0.rawValue) } ?? "?")]")
    return "\(time)  \(message.author): \(found.joined())  \(id)"
  }
}
