/// An answer with its whole body, free of any HTTP library.
struct APIResponse: Sendable, Equatable {
  struct Header: Sendable, Equatable {
    let name: String
    let value: String
  }

  var status: Int
  var contentType: String
  var headers: [Header] = []
  var body: [UInt8]

  static func json(_ value: WireJSON, status: Int = 200) -> APIResponse {
    APIResponse(status: status, contentType: "application/json", body: value.bytes)
  }

  static func error(_ message: String, status: Int) -> APIResponse {
    .json(["error": .string(message)], status: status)
  }

  static func html(_ text: String, status: Int) -> APIResponse {
    APIResponse(status: status, contentType: "text/html; charset=utf-8", body: Array(text.utf8))
  }

  static let notFoundPage = html("<html>not found</html>", status: 404)
}
