import AsyncHTTPClient
package import FonanaCore
import FoundationEssentials
package import Logging
package import NIOCore
import NIOHTTP1
import NIOPosix

/// The HTTP side of the server: one call in, one answer out. It never repeats a call and never
/// follows a redirect.
///
/// Message POSTs have a client of their own with a fresh HTTP/1.1 connection each, so that a
/// connection that died while idle can't make it uncertain whether a message was sent. The client
/// has no state of its own; calls may run side by side.
package struct APIClient: Sendable {
  /// Of a compressed answer, in bytes.
  static let inflatedLimit = 8 << 20

  private let configuration: APIConfiguration
  private let general: HTTPClient
  private let sending: HTTPClient
  private let logger: Logger

  package init(
    _ configuration: APIConfiguration,
    group: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton,
    logger: Logger
  ) {
    self.configuration = configuration
    self.logger = logger
    let shared = HTTPClient.EventLoopGroupProvider.shared(group)
    general = HTTPClient(
      eventLoopGroupProvider: shared, configuration: .fonana(configuration))
    sending = HTTPClient(
      eventLoopGroupProvider: shared, configuration: .fonanaSending(configuration))
  }

  /// Ends all calls that run; they answer `cancelled`. Must be called once, last.
  package func shutdown() async {
    try? await general.shutdown()
    try? await sending.shutdown()
  }

  /// Cancelling the task ends the call, which then answers `cancelled` with the phase it reached.
  package func perform(_ request: ServerRequest, wallet: String?, token: Redacted<String>?) async
    -> ServerAnswer
  {
    let caller = Caller(wallet: wallet, token: token)
    guard case .requestToken(let asked, let proof) = request else {
      return await exchange(ServerCall(request), AnswerReader(request), request, as: caller)
    }
    let answer = await exchange(
      ServerCall(request), AnswerReader(request, generation: .b), request, as: caller)
    guard case .failure(let failure) = answer, failure.status == 404, failure.routeError == nil
    else { return answer }
    return await exchange(
      .olderTokenRoute(wallet: asked, proof: proof), AnswerReader(request, generation: .a), request,
      as: caller)
  }

  private struct Caller {
    var wallet: String?
    var token: Redacted<String>?
  }

  private func exchange(
    _ call: ServerCall, _ reader: AnswerReader, _ request: ServerRequest, as caller: Caller,
    isCompressed: Bool = true
  ) async -> ServerAnswer {
    let began = ContinuousClock.now
    let delegate = ExchangeDelegate(reader)
    let answer: ServerAnswer
    do {
      // The small answer to a message is not worth a reason to doubt that it was taken.
      let wire = try wireRequest(
        call, as: caller, isCompressed: isCompressed && !request.isMessage)
      try await run(wire, delegate, isSending: request.isMessage)
      answer = judge(delegate.exchange, request, since: began)
    } catch is ExchangeDelegate.TransferEnded {
      answer = judge(delegate.exchange, request, since: began)
    } catch let failure as ServerFailure {
      answer = .failure(failure)
    } catch  where isCompressed && call.method == .GET && delegate.exchange.isUnreadable(error) {
      // A body that inflates beyond the limit; asked for again as it is.
      return await exchange(call, reader, request, as: caller, isCompressed: false)
    } catch {
      answer = .failure(failed(error, delegate.exchange))
    }
    log(call, answer, delegate.exchange, began.duration(to: .now))
    return answer
  }

  private func run(_ request: HTTPClient.Request, _ delegate: ExchangeDelegate, isSending: Bool)
    async throws
  {
    let client = isSending ? sending : general
    let deadline = isSending ? NIODeadline.now() + TimeAmount(configuration.limits.post) : nil
    let task = client.execute(request: request, delegate: delegate, deadline: deadline)
    try await withTaskCancellationHandler {
      try await task.futureResult.get()
    } onCancel: {
      task.cancel()
    }
  }

  /// A status that is no success is one also when its body was cut.
  private func failed(_ error: any Error, _ exchange: Exchange) -> ServerFailure {
    let failure = ServerFailure(transport: error, phase: exchange.phase, status: exchange.status)
    guard let status = exchange.status, !exchange.isSuccess, failure.kind != .cancelled else {
      return failure
    }
    return ServerFailure(
      .status, phase: exchange.phase, status: status, detail: "status \(status), body cut")
  }

  private func judge(
    _ exchange: Exchange, _ request: ServerRequest, since began: ContinuousClock.Instant
  ) -> ServerAnswer {
    let now = Timestamp(milliseconds: Int64(Date.now.timeIntervalSince1970 * 1000))
    return ServerAnswer(
      exchange, of: request, elapsed: began.duration(to: .now), now: now)
  }

  private func wireRequest(_ call: ServerCall, as caller: Caller, isCompressed: Bool) throws
    -> HTTPClient.Request
  {
    var headers = HTTPHeaders([
      ("User-Agent", configuration.userAgent), ("Accept", "application/json"),
      ("Accept-Encoding", isCompressed ? "gzip" : "identity"),
    ])
    if let wallet = caller.wallet { headers.add(name: "x-user-wallet", value: wallet) }
    if let token = caller.token {
      headers.add(name: "Authorization", value: "Bearer \(token.exposed)")
    }
    let body = try wireBody(call, &headers)
    return try HTTPClient.Request(
      url: configuration.origin + configuration.server.path + call.path, method: call.method,
      headers: headers, body: body)
  }

  private func wireBody(_ call: ServerCall, _ headers: inout HTTPHeaders) throws -> HTTPClient.Body?
  {
    switch call.body {
    case nil: return nil
    case .json(let text):
      headers.add(name: "Content-Type", value: "application/json")
      return .string(text)
    case .image(let name):
      guard let image = ImageBody(folder: configuration.outboxFolder, fileName: name) else {
        throw ServerFailure.imageMissing
      }
      headers.add(name: "Content-Type", value: image.contentType)
      return image.body
    }
  }

  /// Holds neither ids nor texts.
  private func log(
    _ call: ServerCall, _ answer: ServerAnswer, _ exchange: Exchange, _ elapsed: Duration
  ) {
    let line =
      "\(call.label) \(exchange.status.map(String.init) ?? "-")"
      + " \(exchange.bodyBytes) bytes \(elapsed.wholeMilliseconds) ms"
    if exchange.reader.skipped > 0 {
      logger.warning("\(line), \(exchange.reader.skipped) elements could not be read")
    }
    if case .failure(let failure) = answer {
      logger.info(
        "\(line), \(failure.kind.rawValue) after \(failure.phase.rawValue): \(failure.detail)")
    } else {
      logger.debug("\(line)")
    }
  }
}

extension ServerFailure: Error {
  /// The file that should be uploaded is gone; trying again would not bring it back.
  fileprivate static let imageMissing = ServerFailure(
    .status, phase: .nothingWritten, status: 400, routeError: "The image file can't be read",
    detail: "the image file can't be read")
}

extension Exchange {
  /// Whether a compressed body, not the connection, was the problem.
  fileprivate func isUnreadable(_ error: any Error) -> Bool {
    isSuccess && headers.contains(name: "Content-Encoding") && !ServerFailure.isTransport(error)
  }
}

extension ServerRequest {
  fileprivate var isMessage: Bool {
    if case .sendMessage = self { true } else { false }
  }
}
