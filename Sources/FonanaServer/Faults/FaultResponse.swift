/// An answer that replaces the route's own.
package struct FaultResponse: Sendable, Equatable {
  package var status: Int
  package var contentType: String
  package var headers: [(name: String, value: String)]
  package var body: String

  package init(
    status: Int, contentType: String, headers: [(name: String, value: String)] = [], body: String
  ) {
    self.status = status
    self.contentType = contentType
    self.headers = headers
    self.body = body
  }

  package static func == (one: FaultResponse, other: FaultResponse) -> Bool {
    one.response == other.response
  }

  /// An answer of the application: `{"error": …}`.
  package static func json(_ status: Int, _ error: String) -> FaultResponse {
    let body: WireJSON = ["error": .string(error)]
    return FaultResponse(status: status, contentType: "application/json", body: body.text)
  }

  /// An answer of the proxy before the application.
  package static func html(_ status: Int) -> FaultResponse {
    let body =
      "<html><head><title>\(status)</title></head><body><center><h1>\(status)</h1></center>"
      + "<hr><center>nginx</center></body></html>"
    return FaultResponse(status: status, contentType: "text/html", body: body)
  }

  /// 429; `retryAfter` as it stands in the header: seconds, a date, or nonsense.
  package static func tooManyRequests(retryAfter: String?) -> FaultResponse {
    var response = json(429, "Too many requests")
    if let retryAfter { response.headers = [(name: "Retry-After", value: retryAfter)] }
    return response
  }

  package static func redirect(_ status: Int = 302, to location: String) -> FaultResponse {
    FaultResponse(
      status: status, contentType: "text/html",
      headers: [(name: "Location", value: location)], body: "")
  }

  /// 200 with a body that is not JSON.
  package static let garbage = FaultResponse(
    status: 200, contentType: "application/json", body: #"{"message":{"id":"cm"#)

  /// 200 with a page, as a captive portal answers.
  package static let portal = FaultResponse(
    status: 200, contentType: "text/html", body: "<html>Please log in</html>")

  var response: APIResponse {
    APIResponse(
      status: status, contentType: contentType,
      headers: headers.map { .init(name: $0.name, value: $0.value) }, body: Array(body.utf8))
  }
}
