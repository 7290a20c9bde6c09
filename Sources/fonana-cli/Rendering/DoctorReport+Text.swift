import ControlProtocol
import FonanaCore

extension DoctorLine {
  /// The finding, and below it what was tried and what to do. `isFull`: what was tried and how long
  /// it took also where all is well.
  func text(_ style: TextStyle, isFull: Bool = false) -> String {
    let mark = DisplayWidth.padded(status.rawValue, to: 4)
    let name = DisplayWidth.padded(DisplayText.line(id), to: 19)
    let time = durationMs >= 10 || isFull ? style.dim(" (\(durationMs) ms)") : ""
    var text = "\(paint(mark, style))  \(name)  \(DisplayText.line(detail))\(time)"
    let indent = "\n" + String(repeating: " ", count: 27)
    if isFull || status != .ok, let tried {
      text += indent + style.dim("tried: \(DisplayText.line(tried))")
    }
    if let hint { text += indent + "hint: \(DisplayText.line(hint))" }
    return text
  }

  private func paint(_ mark: String, _ style: TextStyle) -> String {
    switch status {
    case .ok: style.green(mark)
    case .warn: style.yellow(mark)
    case .fail: style.red(style.bold(mark))
    case .skip: style.dim(mark)
    }
  }
}

extension DoctorReport {
  /// The last line: where to look first.
  func verdict(_ style: TextStyle) -> String {
    if let first = firstFailure {
      return style.bold("\nThe first broken link: \(DisplayText.line(first.title)) (\(first.id)).")
    }
    let warnings = checks.count { $0.status == .warn }
    let tail = warnings == 0 ? "" : ", \(warnings) to be known"
    return style.bold("\nNo link is broken\(tail).")
  }
}
