/// How a program ended and what it wrote.
package struct ProgramResult: Sendable, CustomStringConvertible {
  package let exit: ProgramExit
  package let output: String
  package let errors: String
  /// From the start to the end, as this process saw it.
  package let duration: Duration

  /// The exit code; 128 + n when signal n ended the program, as a shell says it.
  package var status: Int32 { exit.status }

  package var description: String {
    "\(exit), stdout: \(output.debugDescription), stderr: \(errors.debugDescription)"
  }
}
