package import FonanaCore

/// A request as it is written.
struct RPCRequest<Parameters: Encodable>: Encodable {
  var jsonrpc = "2.0"
  var id: RPCID
  var method: Method
  var params: Parameters
}

/// What a line from a client asks for, before its parameters are looked at.
package struct RPCRequestHead: Sendable, Hashable, Decodable {
  /// nil: a notification, which is never answered.
  package var id: RPCID?
  /// A text: a method of a newer version is no decoding error.
  package var method: String
}

/// The parameters of the same line.
struct RPCParameters<Parameters: Decodable>: Decodable {
  var params: Parameters?
}

package enum RPC {
  /// A request as one line, with its `\n`.
  package static func request<P: Encodable, R>(
    _ call: Call<P, R>, id: RPCID, _ parameters: P
  ) throws(FonanaError) -> [UInt8] {
    guard let write = call.asking else {
      return try line(RPCRequest(id: id, method: call.method, params: parameters))
    }
    return line { json in
      json.member("id") { id.write(to: &$0) }
      json.member("jsonrpc", "2.0")
      json.member("method", call.method.rawValue)
      json.member("params") { write(parameters, &$0) }
    }
  }

  /// The greeting and a request without parameters, as constants: a command that only asks needs
  /// no encoder, whose first use takes longer than the answer.
  static func plainRequest(_ method: Method, id: Int64) -> [UInt8] {
    Array(#"{"id":\#(id),"jsonrpc":"2.0","method":"\#(method.rawValue)","params":{}}"#.utf8)
      + [UInt8(ascii: "\n")]
  }

  static let greetingID = RPCID.text("hello")

  static var greeting: [UInt8] {
    let parameters =
      #"{"clientVersion":"\#(BuildInfo.version)","protocol":\#(ControlVersion.current)}"#
    let line = #"{"id":"hello","jsonrpc":"2.0","method":"hello","params":\#(parameters)}"#
    return Array(line.utf8) + [UInt8(ascii: "\n")]
  }

  /// Fails with an `RPCFailure` that is to be answered.
  package static func head(of line: [UInt8]) throws(RPCFailure) -> RPCRequestHead {
    guard JSONDepth.of(line, limit: JSONValue.depthLimit) != nil else {
      throw RPCFailure(.parseError, "The request is nested too deeply.")
    }
    do {
      return try ControlJSON.decode(RPCRequestHead.self, from: line)
    } catch {
      let id = try? ControlJSON.decode(RPCLooseID.self, from: line).id
      let isJSON = (try? ControlJSON.decode(JSONValue.self, from: line)) != nil
      throw RPCFailure(isJSON ? .invalidRequest : .parseError, error.message, id: id)
    }
  }

  /// The parameters of a line whose method is known. An absent `params` is an empty object.
  package static func parameters<P: Decodable, R>(
    of line: [UInt8], for call: Call<P, R>
  ) throws(FonanaError) -> P {
    let found = try ControlJSON.decode(RPCParameters<P>.self, from: line).params
    if let found { return found }
    return try ControlJSON.decode(P.self, from: Array("{}".utf8))
  }

  /// An object as one line, written by hand.
  static func line(_ members: (inout JSONWriter) -> Void) -> [UInt8] {
    var json = JSONWriter()
    json.object(members)
    return json.bytes + [UInt8(ascii: "\n")]
  }

  static func line(_ value: some Encodable) throws(FonanaError) -> [UInt8] {
    try ControlJSON.encode(value) + [UInt8(ascii: "\n")]
  }
}

/// Takes the id out of a request that is otherwise broken, so that it can be answered.
private struct RPCLooseID: Decodable {
  var id: RPCID?
}
