package enum SeedError: Error, Equatable, CustomStringConvertible {
  case unreadable(String)
  case notJSON(String)
  case missing(String)
  case unknownPerson(String)

  package var description: String {
    switch self {
    case .unreadable(let file): "The seed \(file) can't be read."
    case .notJSON(let file): "The seed \(file) is not JSON."
    case .missing(let what): "The seed lacks \(what)."
    case .unknownPerson(let name): "The seed names \"\(name)\", who is not among its users."
    }
  }
}
