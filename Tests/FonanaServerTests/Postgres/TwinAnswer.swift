/// What the reference server answered to a question that PostgreSQL is asked too.
enum TwinAnswer: Sendable {
  struct Row: Hashable, Sendable {
    /// Milliseconds since 1970.
    let createdAt: Int64
    let id: String
  }

  /// Any one line.
  case line(String)
  /// A page and all that it could have been made of. The order of ties is PostgreSQL's own affair:
  /// a page is right when its times are, and each row is one of that time.
  case page([Row], hasMore: Bool, from: Set<Row>)

  /// What is wrong with PostgreSQL's line; nil: the two agree.
  func difference(from line: Substring) -> String? {
    switch self {
    case .line(let own): own == line ? nil : "\(own) here, \(line) there"
    case .page(let rows, let hasMore, let all):
      Self.difference(rows, hasMore, all, from: line).map { "\($0): \(rows) here, \(line) there" }
    }
  }

  private static func difference(
    _ rows: [Row], _ hasMore: Bool, _ all: Set<Row>, from line: Substring
  ) -> String? {
    let parts = line.split(separator: "|", omittingEmptySubsequences: false)
    guard parts.count == 2, let others = read(parts[1]) else { return "not readable" }
    if parts[0] != "\(hasMore)" { return "hasMore" }
    if rows.map(\.createdAt) != others.map(\.createdAt) { return "other times" }
    for page in [rows, others] where Set(page).count != page.count { return "a row twice" }
    return all.isSuperset(of: rows) && all.isSuperset(of: others) ? nil : "a row of nowhere"
  }

  private static func read(_ text: Substring) -> [Row]? {
    let rows = text.split(separator: " ").map { word -> Row? in
      let parts = word.split(separator: ":")
      guard parts.count == 2, let time = Int64(parts[0]) else { return nil }
      return Row(createdAt: time, id: String(parts[1]))
    }
    return rows.contains(nil) ? nil : rows.compactMap { $0 }
  }
}
