import NIOHTTP1

/// The page's files, by their names below its folder. Nothing of it comes from elsewhere.
enum DashboardPage {
  static let files: [String: WebAnswer] = [
    "": file("text/html", html), "page.css": file("text/css", style),
    "page.js": script(main), "state.js": script(state), "history.js": script(history),
    "acts.js": script(acts), "log.js": script(log), "dom.js": script(dom),
    "icon.svg": file("image/svg+xml", icon),
  ]

  private static func script(_ text: String) -> WebAnswer { file("text/javascript", text) }

  private static func file(_ type: String, _ text: String) -> WebAnswer {
    WebAnswer(.ok, type: "\(type); charset=utf-8", .bytes(Array(text.utf8)))
  }
}
