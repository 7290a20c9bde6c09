/// The id of a request: a number or a text of the caller's choice.
package enum RPCID: Sendable, Hashable, Codable {
  case number(Int64)
  case text(String)

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let number = try? container.decode(Int64.self) {
      self = .number(number)
    } else {
      self = .text(try container.decode(String.self))
    }
  }

  func write(to json: inout JSONWriter) {
    switch self {
    case .number(let number): json.value(.number(String(number)))
    case .text(let text): json.string(text)
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .number(let number): try container.encode(number)
    case .text(let text): try container.encode(text)
    }
  }
}
