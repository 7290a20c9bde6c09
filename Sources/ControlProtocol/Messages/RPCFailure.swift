package import FonanaCore

/// The `error` of an answer: JSON-RPC's number and text, and in `data` what fonana says.
package struct RPCFailure: Error, Sendable, Hashable {
  package enum Number: Int, Sendable, Codable {
    case parseError = -32700
    case invalidRequest = -32600
    case methodNotFound = -32601
    case invalidParameters = -32602
    case internalError = -32603
    /// Every error of fonana's own.
    case application = -32000
  }

  package var number: Number
  package var error: FonanaError
  /// Of the request, as far as it could be read.
  package var id: RPCID?

  package init(_ number: Number, _ message: String, id: RPCID? = nil) {
    self.number = number
    error = FonanaError(.invalidInput, message)
    self.id = id
  }

  package init(_ error: FonanaError, id: RPCID?) {
    number = error.code == .internalDefect ? .internalError : .application
    self.error = error
    self.id = id
  }

  /// A method that this version does not have.
  package static func unknownMethod(_ name: String, id: RPCID?) -> RPCFailure {
    let shown = DisplayText.line(name, limit: 40)
    var failure = RPCFailure(.methodNotFound, "The daemon does not know “\(shown)”.", id: id)
    failure.error.hint = "It may be older than the command: type “fonana daemon restart”."
    return failure
  }
}

struct RPCErrorBody: Codable {
  var code: Int
  var message: String
  /// Absent in answers of foreign servers.
  var data: ErrorInfo?
}
