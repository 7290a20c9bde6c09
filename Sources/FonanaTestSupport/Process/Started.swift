import Glibc

/// A program that runs, and our ends of its three streams.
struct Started {
  let pid: pid_t
  let input: Int32
  let output: Int32
  let errors: Int32

  init(_ program: Program, _ arguments: [String]) throws {
    let (stdin, stdout, stderr) = (try Pipe(), try Pipe(), try Pipe())
    defer { for end in [stdin.reading, stdout.writing, stderr.writing] { close(end) } }
    do {
      pid = try spawn(
        program.path, arguments, program.environment,
        input: stdin.reading, output: stdout.writing, errors: stderr.writing)
    } catch {
      for end in [stdin.writing, stdout.reading, stderr.reading] { close(end) }
      throw error
    }
    input = stdin.writing
    output = stdout.reading
    errors = stderr.reading
  }
}
