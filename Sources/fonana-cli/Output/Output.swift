import ControlProtocol
import FonanaCore
import Glibc

/// The one place that writes results: as JSON or as text.
struct Output {
  let isJSON: Bool
  let isVerbose: Bool
  let style: TextStyle
  private let errorStyle: TextStyle
  private let pager: Pager?

  init(_ global: Globals, environment: [String: String]) {
    self.init(
      isJSON: global.json, isVerbose: global.verbose, color: global.color,
      mayPage: !global.noPager, environment)
  }

  /// For errors that come before the options are parsed.
  init(arguments: ArraySlice<String>, environment: [String: String]) {
    self.init(
      isJSON: arguments.contains("--json"),
      color: OptionWords.value(of: "--color", in: Array(arguments)) ?? "auto", mayPage: false,
      environment)
  }

  private init(
    isJSON: Bool, isVerbose: Bool = false, color: String, mayPage: Bool,
    _ environment: [String: String]
  ) {
    (self.isJSON, self.isVerbose) = (isJSON, isVerbose)
    style = TextStyle(color: color, environment: environment)
    errorStyle = style.onErrorStream(color: color, environment)
    pager =
      mayPage && style.isTerminal
      ? Pager(environment, width: style.width, height: style.height) : nil
  }

  /// `value` as JSON or as its text; a long text on a terminal goes through the pager. A reader who
  /// has gone ends the command with `status`.
  func render(
    _ value: some Renderable, paged: Bool = false, endingAs status: ExitStatus = .done
  ) throws(FonanaError) {
    if isJSON { return try renderJSON(value, endingAs: status) }
    let text = value.text(style)
    guard !text.isEmpty else { return }
    if paged, let pager, pager.wants(text), pager.show(text) { return }
    StandardStream.output.write(text + "\n", endingAs: status)
  }

  /// For what has a form of its own in JSON only.
  func renderJSON(
    _ value: some Encodable, endingAs status: ExitStatus = .done
  ) throws(FonanaError) {
    StandardStream.output.write(try JSONOutput.line(Schematic(value)), endingAs: status)
  }

  /// Prints `error:` and `hint:`, or the error as JSON on stdout; gives the exit code.
  @discardableResult
  func show(_ error: FonanaError) -> ExitStatus {
    if isJSON {
      let body = ErrorReport(error: ErrorInfo(error))
      StandardStream.output.write(
        (try? JSONOutput.line(Schematic(body))) ?? "{}\n", endingAs: ExitStatus(for: error.code))
    } else {
      StandardStream.error.write(ErrorReport(error: ErrorInfo(error)).text(errorStyle) + "\n")
    }
    return ExitStatus(for: error.code)
  }

  func warn(_ sentence: String) {
    StandardStream.error.write("warning: \(DisplayText.line(sentence))\n")
  }

  func note(_ sentence: String) { StandardStream.error.write(DisplayText.line(sentence) + "\n") }
}

/// A result that has a text too.
protocol Renderable: Encodable {
  /// Without a line end; empty when there is nothing to say.
  func text(_ style: TextStyle) -> String
}
