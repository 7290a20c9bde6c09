package import FonanaCore

struct RPCSuccess<Result: Encodable>: Encodable {
  var jsonrpc = "2.0"
  var id: RPCID
  var result: Result
}

struct RPCRefusal: Encodable {
  var jsonrpc = "2.0"
  @Nullable var id: RPCID?
  var error: RPCErrorBody
}

struct RPCNote<Parameters: Encodable>: Encodable {
  var jsonrpc = "2.0"
  var method: String
  var params: Parameters
}

extension RPC {
  /// The methods of what the daemon says unasked.
  package enum Note {
    package static let event = "event"
    /// The subscription has ended: too slow, or the daemon stops. `params` is an `ErrorInfo`.
    package static let ended = "events.ended"
    /// A link that `doctor.run` has tried. `params` is a `DoctorLine`.
    package static let check = "doctor.check"
  }

  /// An answer as one line, with its `\n`.
  package static func answer(
    _ result: some Encodable, to id: RPCID
  ) throws(FonanaError) -> [UInt8] {
    try line(RPCSuccess(id: id, result: result))
  }

  package static func answer<P, R: Encodable>(
    _ result: R, of call: Call<P, R>, to id: RPCID
  ) throws(FonanaError) -> [UInt8] {
    guard let write = call.answering else { return try answer(result, to: id) }
    return line { json in
      json.member("id") { id.write(to: &$0) }
      json.member("jsonrpc", "2.0")
      json.member("result") { write(result, &$0) }
    }
  }

  package static func answer(_ failure: RPCFailure) -> [UInt8] {
    let body = RPCErrorBody(
      code: failure.number.rawValue, message: failure.error.message,
      data: ErrorInfo(failure.error))
    let fallback = #"{"error":{"code":-32603,"message":"defect"},"id":null,"jsonrpc":"2.0"}"#
    return (try? line(RPCRefusal(id: failure.id, error: body))) ?? Array((fallback + "\n").utf8)
  }

  package static func event(_ event: WatchEvent) throws(FonanaError) -> [UInt8] {
    try line(RPCNote(method: Note.event, params: event))
  }

  package static func check(_ check: DoctorLine) throws(FonanaError) -> [UInt8] {
    try line(RPCNote(method: Note.check, params: check))
  }

  package static func ended(_ error: FonanaError) throws(FonanaError) -> [UInt8] {
    try line(RPCNote(method: Note.ended, params: ErrorInfo(error)))
  }
}

/// A line from the daemon, taken apart but not decoded yet.
struct RPCAnswer {
  let id: RPCID?
  let method: String?
  let error: JSONValue?
  /// null when there is none.
  let result: JSONValue

  init(_ line: JSONValue) {
    id =
      switch line["id"] {
      case .number(let text)?: Int64(text).map(RPCID.number)
      case .string(let text)?: .text(text)
      default: nil
      }
    method = line["method"]?.string
    error = line["error"]
    result = line["result"] ?? .null
  }
}
