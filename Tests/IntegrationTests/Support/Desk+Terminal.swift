import FonanaTestSupport

extension Desk {
  /// Runs a command on a terminal of its own, 80 columns wide and 12 rows high. What it writes to
  /// stdout and stderr, and the echo of what is typed, come together as a person sees them.
  ///
  /// `script` (package bsdutils, on every Debian) makes the terminal.
  func atTerminal(
    _ words: String..., typing: String = "", with extra: [String: String] = [:]
  ) async throws -> ProgramResult {
    let line = ([command.path] + words).map(Self.quoted).joined(separator: " ")
    let terminal = Program(
      "/usr/bin/script",
      environment: environment.merging(["SHELL": "/bin/sh", "TERM": "xterm"]) { _, new in new }
        .merging(extra) { _, new in new })
    return try await terminal.run(
      ["-qec", "stty rows 12 cols 80; exec \(line)", "/dev/null"], input: Array(typing.utf8))
  }

  private static func quoted(_ word: String) -> String {
    "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
      + "'"
  }
}
