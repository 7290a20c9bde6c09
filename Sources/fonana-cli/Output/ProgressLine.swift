/// One line on stderr that is written over; silent when stderr is no terminal.
final class ProgressLine {
  private let isShown: Bool
  private var isDirty = false

  init(isShown: Bool = StandardStream.error.isTerminal) { self.isShown = isShown }

  func show(_ text: String) {
    guard isShown else { return }
    isDirty = true
    StandardStream.error.write("\r\u{1b}[K\(text)")
  }

  func clear() {
    guard isDirty else { return }
    isDirty = false
    StandardStream.error.write("\r\u{1b}[K")
  }
}
