import FonanaCore
import FonanaTestSupport
import Testing

@testable import FonanaAPI

/// One run of the socket client, observed.
struct SocketRun: Sendable {
  let signals = Monitor<[SocketSignal]>([])
  let commands: AsyncStream<SocketCommand>.Continuation

  /// Waits until the signals fulfil `condition`.
  func wait(until condition: @escaping @Sendable ([SocketSignal]) -> Bool) async throws {
    try await signals.wait { condition($0) ? () : nil }
  }
}

/// Runs the client against the WebSocket at `url` while `body` watches; then waits for its end and
/// gives all signals.
@discardableResult
func withSocket(
  _ url: String, caFile: String? = nil, limits: APIConfiguration.Limits = .init(),
  token: String = "T", kind: APIConfiguration.SocketToken = .both,
  proxy: APIConfiguration.Proxy? = nil,
  _ body: (SocketRun, Task<Void, Never>) async throws -> Void = { _, _ in }
) async throws -> [SocketSignal] {
  var configuration = try APIConfiguration(
    server: "http://127.0.0.1:1", webSocketURL: url, socketToken: kind, caFile: caFile,
    proxy: proxy, outboxFolder: "/nonexistent", version: "test", environment: [:])
  configuration.limits = limits
  let client = SocketClient(configuration, logger: quiet)
  let (commands, continuation) = AsyncStream.makeStream(
    of: SocketCommand.self, bufferingPolicy: .bufferingOldest(16))
  let run = SocketRun(commands: continuation)
  let task = Task {
    await client.run(wallet: "W", token: Redacted(token), commands: commands) { signal in
      run.signals.change { $0.append(signal) }
    }
  }
  do {
    try await body(run, task)
  } catch {
    task.cancel()
    throw error
  }
  await task.value
  return run.signals.read { $0 }
}

extension [SocketSignal] {
  var frames: [PushFrame] {
    compactMap { if case .frame(let frame) = $0 { frame } else { nil } }
  }

  var failure: ServerFailure? {
    if case .failed(let failure)? = last { failure } else { nil }
  }

  /// How many signals say that it is over.
  var ends: Int {
    count {
      switch $0 {
      case .closed, .failed: true
      default: false
      }
    }
  }
}
