import FonanaTestSupport

extension Desk {
  /// Runs a command on a terminal of its own, 80 columns wide and 12 rows high. What it writes to
  /// stdout and stderr, and the echo of what is typed, come together as a person sees them.
  ///
  /// `script` (package bsdutils, on every Debian) makes the terminal.
  func atTerminal(
    _ words: String..., typing: String = "", with extra: [String: String] = [:]
  ) async throws -> ProgramResult {
    try await program("/usr/bin/script", extra).run(
      Self.script(command.path, words), input: Array(typing.utf8))
  }

  /// The same for a command that goes on until `body` returns.
  func withTerminal(
    _ words: String..., with extra: [String: String] = [:],
    _ body: (RunningProgram) async throws -> Void
  ) async throws {
    try await program("/usr/bin/script", extra).withRunning(
      Self.script(command.path, words), body)
  }

  /// Types `keys` when the terminal shows `mark`.
  func atTerminal(
    _ words: String..., typing keys: String, at mark: String
  ) async throws -> ProgramResult {
    try await program("/usr/bin/python3", [:]).run(
      ["-c", Self.typist, mark, keys, command.path] + words)
  }

  private func program(_ path: String, _ extra: [String: String]) -> Program {
    Program(
      path,
      environment: environment.merging(["SHELL": "/bin/sh", "TERM": "xterm"]) { _, new in new }
        .merging(extra) { _, new in new })
  }

  private static func script(_ path: String, _ words: [String]) -> [String] {
    let line = ([path] + words).map(quoted).joined(separator: " ")
    return ["-qec", "stty rows 12 cols 80; exec \(line)", "/dev/null"]
  }

  private static let typist = """
    import os, pty, sys
    mark, keys = sys.argv[1].encode(), sys.argv[2].encode()
    child, terminal = pty.fork()
    if child == 0:
        os.execv(sys.argv[3], sys.argv[3:])
    seen, typed = b"", False
    while True:
        try:
            part = os.read(terminal, 4096)
        except OSError:
            part = b""
        if not part:
            break
        seen += part
        if not typed and mark in seen:
            typed = bool(os.write(terminal, keys))
    sys.stdout.buffer.write(seen)
    sys.stdout.flush()
    sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) & 255)
    """

  private static func quoted(_ word: String) -> String {
    "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
      + "'"
  }
}
