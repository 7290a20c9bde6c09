import Hummingbird
import NIOCore

/// One request on its way through the world and the faults.
struct Exchange: Sendable {
  /// The request ends without an answer.
  struct NoAnswer: Error {}

  let world: World
  let faults: FaultTable
  let question: APIRequest
  let route: Route
  let record: RequestRecord
  let request: Request
  let channel: any Channel

  func respond() async throws -> Response {
    let clearings = faults.clearingCount
    guard let fault = faults.take(for: record) else { return settled(carryOut()) }
    world.count { $0.faultsFired += 1 }
    switch fault.action {
    case .respond(let response):
      _ = commit(fault.phase)
      return settled(response.response)
    case .delay(let duration): return try await delayed(duration, fault.phase)
    case .cut(let bytes): return try await cut(commit(fault.phase), afterBytes: bytes)
    case .hang:
      _ = commit(fault.phase)
      return try await hang(since: clearings)
    case .lateCommit(let delay, let ending):
      return try await late(delay, ending, since: clearings)
    case .stripMetadata: return settled(Self.strippingMetadata(carryOut()))
    }
  }

  private func carryOut(_ depth: CommitDepth = .whole) -> APIResponse {
    world.update { $0.handle(question, route, depth: depth) }
  }

  /// Does what is stored before the fault; nil when nothing is.
  private func commit(_ phase: FaultPhase) -> APIResponse? {
    switch phase {
    case .beforeCommit: nil
    case .betweenSteps: carryOut(.firstStep)
    case .afterCommit: carryOut()
    }
  }

  private func settled(_ response: APIResponse) -> Response {
    world.update { $0.settle(question.number, status: response.status) }
    return response.hummingbird
  }

  private func delayed(_ duration: Duration, _ phase: FaultPhase) async throws -> Response {
    if let response = commit(phase) {
      try await Task.sleep(for: duration)
      return settled(response)
    }
    try await Task.sleep(for: duration)
    return settled(carryOut())
  }

  private func late(
    _ delay: Duration, _ ending: FaultEnding, since clearings: Int
  ) async throws -> Response {
    // Not bound to this task: the client may be gone long before.
    channel.eventLoop.scheduleTask(in: TimeAmount(delay)) { _ = self.carryOut() }
    switch ending {
    case .respond(let response): return settled(response.response)
    case .cut: return try await cut(nil, afterBytes: nil)
    case .hang: return try await hang(since: clearings)
    }
  }

  private func hang(since clearings: Int) async throws -> Response {
    try await request.body.consumeWithCancellationOnInboundClose { _ in
      try await faults.waitUntilCleared(since: clearings)
    }
    return try await cut(nil, afterBytes: nil)
  }

  /// Closes the connection; with a count, behind the head and that many bytes of the body.
  private func cut(_ response: APIResponse?, afterBytes count: Int?) async throws -> Response {
    guard let count else {
      try await channel.close(mode: .all)
      throw NoAnswer()
    }
    let answer = response ?? carryOut()
    let start = ByteBuffer(bytes: answer.body.prefix(count))
    let channel = channel
    let body = ResponseBody(contentLength: answer.body.count) { writer in
      try await writer.write(start)
      try await channel.close(mode: .all)
    }
    var fields = answer.fields
    // So that the count is one of bytes on the wire.
    fields[.contentEncoding] = "identity"
    return Response(status: .init(code: answer.status), headers: fields, body: body)
  }

  private static func strippingMetadata(_ response: APIResponse) -> APIResponse {
    guard let answer = WireJSON(parsing: response.body),
      case .object(let members)? = answer["message"]
    else { return response }
    let rest = members.filter { $0.key != "metadata" }
    return .json(["message": .object(rest)], status: response.status)
  }
}
