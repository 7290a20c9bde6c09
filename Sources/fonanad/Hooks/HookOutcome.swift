import FonanaCore

/// How a hook's program has ended.
enum HookOutcome: Hashable, Sendable {
  case done
  /// Why, in a few words, with the end of what it wrote to stderr.
  case failed(String)
}

extension HookOutcome {
  /// A reason without what the program wrote: it may have repeated a message.
  static func ending(of reason: String) -> String {
    reason.split(separator: ":", maxSplits: 1).first.map { String($0) } ?? ""
  }

  init(_ ending: SystemProgram.Ending, within limit: Duration) {
    switch ending {
    case .exited(0, _): self = .done
    case .exited(let code, let errors): self = .failed("exit \(code)" + Self.tail(errors))
    case .signaled(let number, let errors):
      self = .failed("ended by signal \(number)" + Self.tail(errors))
    case .timedOut: self = .failed("took longer than \(limit.components.seconds) s")
    case .notStarted(let why): self = .failed(why)
    }
  }

  private static func tail(_ errors: String) -> String {
    let last = errors.split(separator: "\n").last.map { DisplayText.line(String($0), limit: 200) }
    return last.map { ": \($0)" } ?? ""
  }
}
