import NIOHTTP1

/// What a request is answered with. Nothing of it may be stored, framed, or mixed with what comes
/// from elsewhere: the headers of `safety` go with every answer.
struct WebAnswer: Sendable {
  enum Body: Sendable {
    case bytes([UInt8])
    /// Written piece by piece until it returns; cancelled when the reader is gone.
    case stream(@Sendable (WebWriter) async throws -> Void)
  }

  var status: HTTPResponseStatus
  var headers: [(name: String, value: String)]
  var body: Body

  init(
    _ status: HTTPResponseStatus, type: String, _ body: Body,
    headers: [(name: String, value: String)] = []
  ) {
    self.status = status
    self.headers = [("Content-Type", type)] + headers
    self.body = body
  }

  static func text(_ status: HTTPResponseStatus, _ sentence: String) -> WebAnswer {
    WebAnswer(status, type: "text/plain; charset=utf-8", .bytes(Array((sentence + "\n").utf8)))
  }

  /// See other: the address in the browser's bar becomes that of `path`.
  static func moved(to path: String, headers: [(name: String, value: String)]) -> WebAnswer {
    WebAnswer(
      .seeOther, type: "text/plain; charset=utf-8", .bytes([]),
      headers: [("Location", path)] + headers)
  }

  static let notFound = text(.notFound, "There is nothing here.")

  private static let safety = [
    ("Cache-Control", "no-store"), ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"), ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"), ("Cross-Origin-Resource-Policy", "same-origin"),
    (
      "Content-Security-Policy",
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
        + "require-trusted-types-for 'script'; trusted-types 'none'"
    ),
  ]

  /// One answer a connection: the next request cannot hide behind the first.
  var head: HTTPResponseHead {
    var fields = HTTPHeaders(headers.map { ($0.name, $0.value) } + Self.safety)
    if case .bytes(let bytes) = body { fields.add(name: "Content-Length", value: "\(bytes.count)") }
    fields.add(name: "Connection", value: "close")
    return HTTPResponseHead(version: .http1_1, status: status, headers: fields)
  }
}
