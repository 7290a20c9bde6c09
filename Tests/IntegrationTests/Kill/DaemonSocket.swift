import Dispatch
import FonanaTestSupport
import FoundationEssentials
import Glibc

/// Requests to a daemon without a command in between: the cid of a message is the test's own, and
/// a request that was not answered can be made again.
struct DaemonSocket: Sendable {
  struct Failure: Decodable, Sendable {
    struct Reason: Decodable, Sendable { let code: String }
    let message: String
    let data: Reason?
  }

  enum Reply<Result: Decodable & Sendable>: Sendable {
    case done(Result)
    case refused(Failure)
    /// The daemon was not there, or died, or said nothing in time.
    case nothing

    var isDone: Bool { if case .done = self { true } else { false } }
    var isNothing: Bool { if case .nothing = self { true } else { false } }
  }

  private struct Answer<Result: Decodable & Sendable>: Decodable, Sendable {
    let result: Result?
    let error: Failure?
  }

  struct Anything: Decodable, Sendable {}

  let path: String

  /// `parameters` is the text of a JSON object.
  func ask<Result: Decodable & Sendable>(
    _ method: String, _ parameters: String = "{}", for type: Result.Type = Anything.self,
    within seconds: Int = 90
  ) async -> Reply<Result> {
    let line = #"{"jsonrpc":"2.0","id":1,"method":"\#(method)","params":\#(parameters)}"# + "\n"
    guard let bytes = await exchange(line, within: seconds),
      let answer = try? JSONDecoder().decode(Answer<Result>.self, from: Data(bytes))
    else { return .nothing }
    if let result = answer.result { return .done(result) }
    return answer.error.map { .refused($0) } ?? .nothing
  }

  /// On a thread that may block: those of the test run the server too.
  private func exchange(_ line: String, within seconds: Int) async -> [UInt8]? {
    await withCheckedContinuation { continuation in
      DispatchQueue.global().async {
        continuation.resume(returning: UnixClient.line(path, line, within: seconds))
      }
    }
  }
}
