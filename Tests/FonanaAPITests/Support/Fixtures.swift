import FoundationEssentials
import Testing

@testable import FonanaAPI

/// A recording of one generation of the server.
struct Transcript {
  struct Exchange {
    var name: String
    var method: String
    var path: String
    var status: Int
    var contentType: String?
    /// The answer's body, as the bytes that came; HTML as text.
    var body: [UInt8]

    var route: String { String(path.prefix { $0 != "?" }) }
  }

  var exchanges: [Exchange]
  var serverFrames: [[UInt8]]

  init(_ generation: String) throws {
    let folder = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
    let file = "/\(folder)/Fixtures/transcript-\(generation).json"
    let whole = try #require(JSONSlice(try Data(contentsOf: URL(filePath: file))).object)
    exchanges = try #require(whole["http"]?.array).map { try Self.exchange($0) }
    let sockets = try #require(whole["websocket"]?.array)
    serverFrames = sockets.flatMap { $0.object?["events"]?.array ?? [] }
      .compactMap { $0.object?["server"] }.map { Array($0.bytes) }
  }

  private static func exchange(_ slice: JSONSlice) throws -> Exchange {
    let object = try #require(slice.object)
    let request = try #require(object["request"]?.object)
    let response = try #require(object["response"]?.object)
    let body = response["body"]
    let text = body?.object?.string("__text")
    return Exchange(
      name: try #require(object.string("name")), method: try #require(request.string("method")),
      path: try #require(request.string("path")), status: try #require(response["status"]?.integer),
      contentType: response.string("contentType"),
      body: text.map { Array($0.utf8) } ?? Array(body?.bytes ?? []))
  }
}
