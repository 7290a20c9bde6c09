/// A request of the control interface: its values come from the body or, there absent, the query.
struct ControlRequest: Sendable {
  let body: WireJSON
  private let query: QueryText

  init(_ request: APIRequest) throws(Rejection) {
    query = QueryText(request.target)
    guard !request.body.isEmpty else {
      body = [:]
      return
    }
    guard let body = WireJSON(parsing: request.body) else {
      throw Rejection(400, "The body is not JSON.")
    }
    self.body = body
  }

  func text(_ name: String) -> String? {
    body[name]?.stringValue ?? query.first(name)
  }

  func int(_ name: String) -> Int? {
    body[name]?.intValue ?? query.first(name).flatMap { Int($0) }
  }

  func flag(_ name: String) -> Bool? {
    body[name]?.boolValue ?? query.first(name).map { $0 == "true" }
  }

  func needed(_ name: String) throws(Rejection) -> String {
    guard let text = text(name) else { throw Rejection(400, "\"\(name)\" is missing.") }
    return text
  }
}
