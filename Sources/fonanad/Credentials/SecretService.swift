import ControlProtocol
import FonanaCore

/// The desktop's Secret Service, spoken to through the program `secret-tool`. The token goes over
/// its stdin and stdout only; no question takes longer than two seconds.
struct SecretService: Sendable {
  /// Why there is no answer, in words.
  struct Silence: Error {
    let why: String
  }

  static let hint =
    "Unlock the keyring and type “fonana daemon restart”; or “fonana config set credentials file”."
  private static let program = "secret-tool"
  private static let limit = Duration.seconds(2)
  private static let passed = [
    "PATH", "HOME", "DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "DBUS_SESSION_BUS_ADDRESS",
    "XDG_RUNTIME_DIR", "LANG", "LC_ALL",
  ]

  private let environment: [String: String]
  /// What finds the profile's item again.
  private let attributes: [String]
  private let label: String

  init(_ paths: ProfilePaths, _ environment: [String: String]) {
    self.environment = environment.filter { Self.passed.contains($0.key) }
    attributes = ["application", "fonana", "file", paths.credentials]
    label = "fonana: \(paths.profile)"
  }

  /// Takes the place of an earlier token. It can be read for the same server only.
  func store(_ token: Redacted<String>, of origin: String) async throws(Silence) {
    let words =
      [Self.program, "store", "--label=\(label)"] + attributes + ["server", origin]
    switch await SystemProgram.feed(
      words, Array(token.exposed.utf8), environment, within: Self.limit)
    {
    case .exited(0, _): return
    case .exited(_, let errors), .signaled(_, let errors): throw Self.silence(errors)
    case .timedOut: throw Self.tooLate
    case .notStarted: throw Self.noProgram
    }
  }

  /// nil: it has none.
  func token(of origin: String) async throws(Silence) -> Redacted<String>? {
    let answer = try await ask(["lookup"] + attributes + ["server", origin])
    if answer.isSuccess, !answer.output.isEmpty { return Redacted(answer.output) }
    guard answer.errors.isEmpty else { throw Self.silence(answer.errors) }
    return nil
  }

  /// Of every server.
  func clear() async throws(Silence) {
    let answer = try await ask(["clear"] + attributes)
    // It fails without a word when there was nothing.
    guard answer.isSuccess || answer.errors.isEmpty else { throw Self.silence(answer.errors) }
  }

  private func ask(_ words: [String]) async throws(Silence) -> SystemProgram.Answer {
    guard SystemProgram.find(Self.program, environment) != nil else { throw Self.noProgram }
    guard
      let answer = await SystemProgram.run(Self.program, words, environment, within: Self.limit)
    else { throw Self.tooLate }
    return answer
  }

  private static let tooLate = Silence(why: "it did not answer within 2 s")
  private static let noProgram = Silence(
    why: "there is no program secret-tool (package libsecret-tools)")

  private static func silence(_ errors: String) -> Silence {
    let words = DisplayText.line(errors, limit: 160)
    return Silence(why: words.isEmpty ? "it refused" : words)
  }
}
