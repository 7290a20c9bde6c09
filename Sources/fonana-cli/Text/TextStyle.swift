import FonanaCore
import FoundationEssentials
import Glibc

/// How text is written: for a terminal or for a pipe.
struct TextStyle: Sendable {
  var isTerminal = false
  var hasColor = false
  var width = 80
  var height = 24
  var now = Timestamp(milliseconds: 0)
  var zone = LocalZone.utc

  init() {}

  init(color: String, environment: [String: String]) {
    isTerminal = StandardStream.output.isTerminal
    hasColor = Self.wantsColor(color, isTerminal: isTerminal, environment)
    now = Self.wallClock()
    zone = .system
    if isTerminal { (width, height) = Self.windowSize() }
  }

  /// stderr may be the terminal when stdout is none, and the other way round.
  func onErrorStream(color: String, _ environment: [String: String]) -> TextStyle {
    var style = self
    style.hasColor = Self.wantsColor(
      color, isTerminal: StandardStream.error.isTerminal, environment)
    return style
  }

  static func wantsColor(
    _ option: String, isTerminal: Bool, _ environment: [String: String]
  ) -> Bool {
    switch option {
    case "always": return true
    case "never": return false
    default: break
    }
    if let no = environment["NO_COLOR"], !no.isEmpty { return false }
    if let force = environment["CLICOLOR_FORCE"], !force.isEmpty, force != "0" { return true }
    return isTerminal && environment["TERM"] != "dumb"
  }

  func bold(_ text: String) -> String { paint(text, "1") }
  func dim(_ text: String) -> String { paint(text, "2") }
  func red(_ text: String) -> String { paint(text, "31") }
  func green(_ text: String) -> String { paint(text, "32") }
  func yellow(_ text: String) -> String { paint(text, "33") }
  func cyan(_ text: String) -> String { paint(text, "36") }

  private func paint(_ text: String, _ code: String) -> String {
    hasColor && !text.isEmpty ? "\u{1b}[\(code)m\(text)\u{1b}[0m" : text
  }

  static func wallClock() -> Timestamp {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
  }

  private static func windowSize() -> (Int, Int) {
    var size = winsize()
    guard ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else {
      return (80, 24)
    }
    return (Int(size.ws_col), Int(size.ws_row))
  }
}
