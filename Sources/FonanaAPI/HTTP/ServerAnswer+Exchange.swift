import FonanaCore
import NIOHTTP1

extension ServerAnswer {
  /// Judges an exchange that has ended without an error, or was ended from here.
  ///
  /// - Parameter now: the local clock, for a `Retry-After` date without a `Date` beside it.
  init(_ exchange: Exchange, of request: ServerRequest, elapsed: Duration, now: Timestamp) {
    let facts = ServerFacts(
      date: exchange.headers.first(name: "Date").flatMap(HTTPDate.read),
      bodyBytes: exchange.bodyBytes, elapsed: elapsed, skipped: exchange.reader.skipped)
    guard exchange.isSuccess else {
      self = .failure(.status(of: exchange, request: request, now: facts.date ?? now))
      return
    }
    switch exchange.verdict {
    case .tooLarge: self = .failure(.unusable(.tooLarge, exchange, "the body is too large"))
    case .broken: self = .failure(.unusable(.badBody, exchange, "the body has an unknown form"))
    case .more, .enough:
      if let reply = exchange.reader.finish() {
        self = .success(reply, facts)
      } else {
        self = .failure(.incomplete(exchange, of: request))
      }
    }
  }
}

extension ServerFailure {
  fileprivate static func status(of exchange: Exchange, request: ServerRequest, now: Timestamp)
    -> ServerFailure
  {
    let status = exchange.status ?? 0
    let contentType = exchange.headers.first(name: "Content-Type")
    let failure = ServerFailure(
      .status, phase: exchange.phase, status: status,
      routeError: RouteError.read(exchange.errorBody, contentType: contentType),
      retryAfter: RetryAfter.read(exchange.headers.first(name: "Retry-After"), now: now),
      detail: "status \(status)")
    return request.isNotFound(failure) ? failure.asUserNotFound : failure
  }

  fileprivate static func unusable(_ kind: Kind, _ exchange: Exchange, _ detail: String)
    -> ServerFailure
  {
    ServerFailure(kind, phase: exchange.phase, status: exchange.status, detail: detail)
  }

  fileprivate static func incomplete(_ exchange: Exchange, of request: ServerRequest)
    -> ServerFailure
  {
    let type = exchange.headers.first(name: "Content-Type")?.lowercased() ?? ""
    guard case .requestToken = request, type.contains("json") else {
      return unusable(.badBody, exchange, "the body has an unknown form")
    }
    return ServerFailure(
      .badBody, because: .noToken, phase: exchange.phase, status: exchange.status,
      detail: "the answer holds no token")
  }

  private var asUserNotFound: ServerFailure {
    var failure = self
    failure.status = 404
    failure.routeError = "User not found"
    return failure
  }
}

extension ServerRequest {
  /// An unknown nickname or id gives 500 in B and 404 in A (docs/protocol.md, 5).
  fileprivate func isNotFound(_ failure: ServerFailure) -> Bool {
    switch self {
    case .lookUpUser(.nickname), .lookUpUser(.id):
      failure.status == 404 && failure.routeError != nil
        || failure.status == 500 && failure.routeError == "Failed to create user"
    default: false
    }
  }
}
