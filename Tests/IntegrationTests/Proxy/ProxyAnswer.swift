/// An answer of the proxy's own: a head, and a piece that is repeated.
struct ProxyAnswer: Sendable {
  let name: String
  var head: [UInt8]
  var piece: [UInt8] = []
  var count = 0
  /// Whether the connection is closed after it; else it stays open and silent.
  var closes = true

  init(_ name: String, head: [UInt8], piece: [UInt8] = [], count: Int = 0, closes: Bool = true) {
    self.name = name
    self.head = head
    self.piece = piece
    self.count = count
    self.closes = closes
  }

  /// A whole answer with a body.
  static func body(
    _ name: String, _ status: String, _ body: String, headers: [String] = [], length: Int? = nil
  ) -> ProxyAnswer {
    let lines = ["HTTP/1.1 \(status)", "Content-Length: \(length ?? body.utf8.count)"] + headers
    return ProxyAnswer(
      name, head: Array((lines.joined(separator: "\r\n") + "\r\n\r\n" + body).utf8))
  }
}
