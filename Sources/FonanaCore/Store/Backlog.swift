/// Which messages of an answer nobody is called for: they were there before this daemon looked.
package struct Backlog: Hashable, Sendable, Codable, ExpressibleByBooleanLiteral {
  package var isAll: Bool
  /// What was made before this instant of the server's clock; nil: nothing for its age alone.
  package var before: Timestamp?

  package init(_ isAll: Bool, before: Timestamp? = nil) {
    self.isAll = isAll
    self.before = before
  }

  package init(booleanLiteral value: Bool) { self.init(value) }

  package func includes(_ createdAt: Timestamp) -> Bool {
    isAll || before.map { createdAt < $0 } ?? false
  }

  package static func || (backlog: Backlog, isRead: Bool) -> Backlog {
    Backlog(backlog.isAll || isRead, before: backlog.before)
  }
}
