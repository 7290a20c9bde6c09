import ControlProtocol
import FonanaCore
import Glibc
import Subprocess

extension SystemProgram {
  private static let errorBytes = 1 << 20
  private static let shownErrors = 2000

  /// Runs a program with `input` on its stdin, which it need not read. After `limit`, or when the
  /// task is cancelled, it and all in its process group are ended.
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
        configuration, input: .inputWriter, output: .discarded, error: .bytes(limit: errorBytes)
      ) { execution in
        // One that does not read has the right not to.
        _ = try? await execution.standardInputWriter.write(input)
      }
      let errors = String(decoding: result.standardError.suffix(shownErrors), as: UTF8.self)
      return switch result.terminationStatus {
      case .exited(let code): .exited(code, errors: errors)
      case .signaled(let number): .signaled(number, errors: errors)
      }
    } catch {
      return .notStarted("it could not be run (\(DisplayText.line("\(error)", limit: 200)))")
    }
  }
}
