import FoundationEssentials

/// What a world begins with: users, and conversations with their messages.
package struct Seed: Sendable, Equatable {
  package struct Person: Sendable, Equatable {
    /// The name that conversations use; the nickname too.
    package var name: String
    /// nil: one is made up.
    package var wallet: String?
    package var fullName: String?
    package var bio: String?
    package var isCreator = false
  }

  package struct Line: Sendable, Equatable {
    package var from: String
    package var draft: MessageDraft
    /// Milliseconds since 1970; nil: in steps of seven minutes up to now.
    package var at: Int64?
    package var isRead = true
  }

  package struct Talk: Sendable, Equatable {
    package var between: [String]
    package var lines: [Line]
  }

  package var people: [Person]
  package var talks: [Talk]

  /// The built-in `demo`, or a JSON file.
  package init(named name: String) throws {
    if name == "demo" {
      self = .demo
    } else {
      guard let text = try? Data(contentsOf: URL(filePath: name)) else {
        throw SeedError.unreadable(name)
      }
      guard let json = WireJSON(parsing: text) else { throw SeedError.notJSON(name) }
      try self.init(json)
    }
  }

  init(people: [Person], talks: [Talk]) {
    self.people = people
    self.talks = talks
  }
}
