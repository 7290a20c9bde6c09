/// What kind of value a text of an answer is.
enum TextKind: Equatable {
  case id
  case zonedDate
  case zonelessDate
  case token
  /// A name made from the bytes of a file.
  case fileAddress
  case plain

  init(_ text: String) {
    if text.wholeMatch(of: /cm[a-z0-9]{23}/) != nil {
      self = .id
    } else if text.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/) != nil {
      self = .zonedDate
    } else if text.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}/) != nil {
      self = .zonelessDate
    } else if text.wholeMatch(of: /eyJ[\w-]+\.[\w-]+\.[\w-]+/) != nil {
      self = .token
    } else if text.wholeMatch(of: /(\/messages\/)?[0-9a-f]{32}\.png/) != nil {
      self = .fileAddress
    } else {
      self = .plain
    }
  }
}
