import ControlProtocol
import FonanaCore
import Glibc
import Subprocess

extension SystemProgram {
  private static let shownErrors = 2000

  /// Runs a program with `input` on its stdin, which it need not read, and with as much on its stderr
  /// as it likes. After `limit`, or when the task is cancelled, it and all in its process group are
  /// ended.
  static func feed(
    _ command: [String], _ input: [UInt8], _ environment: [String: String],
    within limit: Duration
  ) async -> Ending {
    guard let name = command.first, let program = find(name, environment) else {
      return .notStarted("there is no program \(DisplayText.line(command.first ?? "", limit: 200))")
    }
    let configuration = configuration(
      program, Array(command.dropFirst()), environment, inGroup: true)
    // Cancelling ends the program by its teardown sequence.
    return await within(limit, orElse: .timedOut) { await feed(configuration, input) }
  }

  private static func feed(_ configuration: Configuration, _ input: [UInt8]) async -> Ending {
    do {
      let result = try await Subprocess.run(
        configuration, input: .inputWriter, output: .discarded, error: .sequence
      ) { execution in
        let (writer, errors) = (execution.standardInputWriter, execution.standardError)
        async let fed: Void = feed(writer, input)
        // Also while it is being ended: it may tidy up and speak, and nobody to hear would be its end.
        let shown = await Task { await tail(of: errors) }.value
        await fed
        return shown
      }
      // Who is asked to end may leave children that do not.
      if Task.isCancelled { kill(-result.processIdentifier.value, SIGKILL) }
      return switch result.terminationStatus {
      case .exited(let code): .exited(code, errors: result.closureResult)
      case .signaled(let number): .signaled(number, errors: result.closureResult)
      }
    } catch {
      return .notStarted("it could not be run (\(DisplayText.line("\(error)", limit: 200)))")
    }
  }

  /// One that does not read has the right not to.
  private static func feed(_ writer: StandardInputWriter, _ input: [UInt8]) async {
    _ = try? await writer.write(input)
    try? await writer.finish()
  }

  private static func tail(of errors: SubprocessOutputSequence) async -> String {
    var rest: [UInt8] = []
    var parts = errors.makeAsyncIterator()
    while let part = try? await parts.next() {
      rest += part.withUnsafeBytes { Array($0) }
      rest.removeFirst(max(0, rest.count - shownErrors))
    }
    return String(decoding: rest, as: UTF8.self)
  }
}
