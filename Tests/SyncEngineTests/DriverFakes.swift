import FonanaCore
import FonanaTestSupport

@testable import SyncEngine

/// A server that answers by a rule and keeps what it was asked.
final class ScriptedServer: ServerPort {
  let asked = Monitor<[ServerRequest]>([])
  private let rule: @Sendable (ServerRequest) async -> ServerAnswer

  init(_ rule: @escaping @Sendable (ServerRequest) async -> ServerAnswer) { self.rule = rule }

  func perform(_ request: ServerRequest, as credentials: Credentials?) async -> ServerAnswer {
    asked.change { $0.append(request) }
    let answer = await rule(request)
    guard Task.isCancelled else { return answer }
    return .failure(ServerFailure(.cancelled, phase: .complete, detail: "cancelled"))
  }

  /// Waits until a request that `matches` has been made.
  func request(where matches: @escaping @Sendable (ServerRequest) -> Bool) async throws {
    try await asked.wait { $0.contains(where: matches) ? () : nil }
  }

  func count(where matches: (ServerRequest) -> Bool) -> Int {
    asked.read { $0 }.count(where: matches)
  }
}

/// A socket that greets, and then lives until it is closed or cancelled.
final class ScriptedSocket: SocketPort {
  let opened = Monitor<Int>(0)
  let said = Monitor<[SocketCommand]>([])

  func run(
    as credentials: Credentials, commands: AsyncStream<SocketCommand>,
    onSignal: @escaping @Sendable (SocketSignal) -> Void
  ) async {
    opened.change { $0 += 1 }
    onSignal(.opened)
    onSignal(.frame(.connected(CoreBench.me)))
    for await command in commands {
      said.change { $0.append(command) }
      if case .close = command { break }
    }
    onSignal(.closed(code: 1000, reason: ""))
  }
}

/// A store without rules: it keeps the acts, and can be made to fail.
final class RecordingStore: StorePort {
  struct State: Sendable {
    var acts: [StoreAct] = []
    var isFull = false
    /// A transaction that enqueues this text fails.
    var refusedText: String?
    /// Calls wait.
    var isHeld = false
    var held = 0
    var sequence: Int64 = 0
  }

  let state = Monitor(State())
  private let start: StoreSnapshot

  init(_ start: StoreSnapshot = StoreSnapshot(account: CoreBench.account)) { self.start = start }

  func snapshot() async throws(FonanaError) -> StoreSnapshot { start }

  func perform(
    _ transactions: [[StoreAct]], at now: Timestamp
  ) async -> [Result<StoreResult, FonanaError>] {
    state.change { $0.held += 1 }
    try? await state.wait { $0.isHeld ? nil : () }
    var outcomes: [Result<StoreResult, FonanaError>] = []
    for acts in transactions {
      if case .failure? = outcomes.last {
        outcomes.append(Self.full)
      } else {
        outcomes.append(perform(acts))
      }
    }
    state.change { $0.held -= 1 }
    return outcomes
  }

  private func perform(_ acts: [StoreAct]) -> Result<StoreResult, FonanaError> {
    let result = state.change { state -> StoreResult? in
      guard !state.isFull else { return nil }
      for case .enqueue(let item) in acts where item.content == state.refusedText { return nil }
      state.acts += acts
      var result = StoreResult()
      for case .enqueue(var item) in acts {
        state.sequence += 1
        item.sequence = state.sequence
        result.enqueued.append(.added(item))
      }
      return result
    }
    return result.map { .success($0) } ?? Self.full
  }

  private static let full = Result<StoreResult, FonanaError>.failure(
    FonanaError(.storeUnwritable, "The disk is full."))
}

final class MemoryCredentials: CredentialPort {
  let held: Monitor<StoredCredentials?>

  init(_ held: StoredCredentials?) { self.held = Monitor(held) }

  func load() async throws(FonanaError) -> StoredCredentials? { held.read { $0 } }
  func save(_ credentials: StoredCredentials) async throws(FonanaError) {
    held.change { $0 = credentials }
  }
  func erase() async throws(FonanaError) { held.change { $0 = nil } }
}

struct ManualEngineClock: EngineClock {
  let manual = ManualClock()

  var now: Times {
    Times(monotonic: manual.now, boot: manual.now, wall: CoreBench.start + manual.now)
  }

  func sleep(until instant: Duration) async throws { try await manual.sleep(until: instant) }
}
