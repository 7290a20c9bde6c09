package import FonanaCore

/// One exchange as it was seen on the wire. The body may hold texts of others: only its form, and
/// what an error says, may be shown.
package struct ProbeAnswer: Sendable {
  /// Such as `GET /api/version`.
  package let label: String
  package var status: Int?
  var headers: [(name: String, value: String)] = []
  /// Its beginning.
  var body: [UInt8] = []
  package var elapsed = Duration.zero
  /// The way there, or back, broke.
  package var failure: ServerFailure?

  init(_ label: String) { self.label = label }

  package func header(_ name: String) -> String? {
    headers.first { $0.name.lowercased() == name.lowercased() }?.value
  }

  package var isSuccess: Bool { status.map { (200..<300).contains($0) } ?? false }

  package var contentType: String {
    String((header("Content-Type") ?? "no type").prefix { $0 != ";" })
  }

  /// Only its beginning was read.
  package var isLong: Bool { body.count > ServerProbe.bodyLimit }

  package var isJSON: Bool { contentType.contains("json") && JSONSlice(body).object != nil }

  package var date: Timestamp? { header("Date").flatMap(HTTPDate.read) }

  /// `{"error": …}` of the route itself.
  package var routeError: String? { RouteError.read(body, contentType: header("Content-Type")) }

  /// The names in the body's object; nil when it is none.
  package var members: [String]? { JSONSlice(body).object?.members.map(\.name) }

  package func text(of member: String) -> String? { JSONSlice(body).object?.string(member) }

  package func grant(_ generation: ServerGeneration) -> TokenGrant? {
    JSONSlice(body).object.flatMap { TokenGrant(wire: $0, generation: generation) }
  }

  /// How an answer looked that is not the route's, without what a page says beyond its start.
  package var sight: String {
    if let failure { return failure.detail }
    let head = "\(status ?? 0), \(contentType), \(body.count) bytes"
    if let routeError { return "\(status ?? 0) “\(DisplayText.line(routeError, limit: 120))”" }
    guard !isSuccess || !isJSON else { return head }
    return "\(head): “\(start)”"
  }

  private var start: String {
    let text = String(decoding: body.prefix(400), as: UTF8.self)
    let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return DisplayText.line(words, limit: 80)
  }
}
