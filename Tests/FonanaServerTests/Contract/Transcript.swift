import FonanaServer
import FoundationEssentials

/// A recording of the real server.
struct Transcript: Sendable {
  struct HTTPExchange: Sendable {
    let name: String
    let method: String
    let path: String
    let headers: [String: String]
    let requestBody: WireJSON
    let status: Int
    let contentType: String
    let body: WireJSON
  }

  struct SocketSession: Sendable {
    let name: String
    /// With the query, without the host.
    let target: String
    let headers: [String: String]
    let events: [WireJSON]
    let upgrade: Int
    let close: WireJSON?
  }

  enum Failure: Error {
    case unreadable(String)
  }

  let generation: ServerGeneration
  let exchanges: [HTTPExchange]
  let sessions: [SocketSession]

  init(_ generation: ServerGeneration) throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let name = "Fixtures/transcript-\(generation.rawValue.lowercased()).json"
    let bytes = try Data(contentsOf: folder.appending(path: name))
    guard let json = WireJSON(parsing: bytes) else { throw Failure.unreadable(name) }
    self.generation = generation
    exchanges = (json["http"]?.arrayValue ?? []).compactMap(HTTPExchange.init)
    sessions = (json["websocket"]?.arrayValue ?? []).compactMap(SocketSession.init)
  }
}

extension Transcript.HTTPExchange {
  init?(_ json: WireJSON) {
    guard let name = json["name"]?.stringValue, let request = json["request"],
      let response = json["response"], let method = request["method"]?.stringValue,
      let path = request["path"]?.stringValue, let status = response["status"]?.intValue
    else { return nil }
    self.init(
      name: name, method: method, path: path, headers: request["headers"]?.texts ?? [:],
      requestBody: request["body"] ?? .null, status: status,
      contentType: response["contentType"]?.stringValue ?? "",
      body: response["body"] ?? .null)
  }
}

extension Transcript.SocketSession {
  init?(_ json: WireJSON) {
    guard let name = json["name"]?.stringValue, let url = json["url"]?.stringValue else {
      return nil
    }
    let target = url.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)[2]
    self.init(
      name: name, target: String(target.drop { $0 != "/" }), headers: json["headers"]?.texts ?? [:],
      events: json["events"]?.arrayValue ?? [], upgrade: json["upgrade"]?.intValue ?? 0,
      close: json["close"])
  }
}

extension WireJSON {
  /// An object of texts.
  fileprivate var texts: [String: String] {
    guard case .object(let members) = self else { return [:] }
    return Dictionary(members.map { ($0.key, $0.value.stringValue ?? "") }) { $1 }
  }
}
