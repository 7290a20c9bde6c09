import ControlProtocol
import FonanaCore

extension AccountInfo: Renderable {
  func text(_ style: TextStyle) -> String {
    var facts = Facts()
    facts.add("nickname", nickname)
    facts.add("wallet", wallet)
    facts.add("user", userId?.rawValue)
    facts.add("server", server + (generation.map { " (generation \($0.rawValue))" } ?? ""))
    facts.add("token until", tokenExpiresAt.map(style.time))
    facts.add("profile", profile)
    return facts.text(style)
  }
}
