import AsyncHTTPClient
package import FonanaCore
import NIOCore
import NIOHTTP1

extension ServerProbe {
  static let bodyLimit = 256 << 10

  /// One call over a connection of its own.
  package func exchange(
    _ request: ServerRequest, wallet: String? = nil, token: Redacted<String>? = nil
  ) async -> ProbeAnswer {
    await exchange(ServerCall(request), wallet, token)
  }

  /// Generation A's only route for a token.
  package func requestTokenTheOldWay(wallet: String) async -> ProbeAnswer {
    await exchange(.olderTokenRoute(wallet: wallet), nil, nil)
  }

  /// The head and the body together have a limit: a server may let its answer drip.
  private func exchange(
    _ call: ServerCall, _ wallet: String?, _ token: Redacted<String>?
  ) async -> ProbeAnswer {
    let limit = limits.connect + limits.idle
    // What the head's own limit tells says more, and comes first.
    let found = await value(within: limit + .seconds(1)) {
      await answer(to: call, wallet, token, limit)
    }
    if let found { return found }
    var late = ProbeAnswer(call.label)
    late.failure = ServerFailure(
      .timeout, phase: .complete, detail: "the answer did not end within \(limit)")
    late.elapsed = limit
    return late
  }

  private func answer(
    to call: ServerCall, _ wallet: String?, _ token: Redacted<String>?, _ limit: Duration
  ) async -> ProbeAnswer {
    let began = ContinuousClock.now
    var answer = ProbeAnswer(call.label)
    let client = HTTPClient(
      eventLoopGroupProvider: .shared(group), configuration: .fonana(configuration))
    do {
      let response = try await client.execute(
        request(call, wallet, token), deadline: .now() + TimeAmount(limit))
      answer.status = Int(response.status.code)
      answer.headers = response.headers.map { ($0.name, $0.value) }
      for try await part in response.body {
        answer.body += part.readableBytesView
        if answer.body.count > Self.bodyLimit { break }
      }
    } catch {
      answer.failure = ServerFailure(transport: error, phase: .nothingWritten)
    }
    try? await client.shutdown()
    answer.elapsed = began.duration(to: .now)
    return answer
  }

  private func request(
    _ call: ServerCall, _ wallet: String?, _ token: Redacted<String>?
  ) -> HTTPClientRequest {
    var request = HTTPClientRequest(
      url: configuration.origin + configuration.server.path + call.path)
    request.method = call.method
    request.headers = [
      "User-Agent": configuration.userAgent, "Accept": "application/json",
      "Accept-Encoding": "identity",
    ]
    if let wallet { request.headers.add(name: "x-user-wallet", value: wallet) }
    if let token {
      request.headers.add(name: "Authorization", value: "Bearer \(token.exposed)")
    }
    if case .json(let text)? = call.body {
      request.headers.add(name: "Content-Type", value: "application/json")
      request.body = .bytes(ByteBuffer(string: text))
    }
    return request
  }
}
