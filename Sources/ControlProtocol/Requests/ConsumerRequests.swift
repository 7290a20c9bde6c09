/// `events.acknowledge`: everything up to the cursor is done and is not shown again under this name.
package struct AcknowledgeRequest: Codable, Sendable, Hashable {
  package var name: String
  package var cursor: Int64

  package init(name: String, cursor: Int64) {
    self.name = name
    self.cursor = cursor
  }
}

/// Where the name goes on from now on.
package struct AcknowledgeResult: Codable, Sendable, Hashable {
  package var name: String
  package var cursor: Int64

  package init(name: String, cursor: Int64) {
    self.name = name
    self.cursor = cursor
  }
}

/// A consumer by its name.
package struct ConsumerTarget: Codable, Sendable, Hashable {
  package var name: String

  package init(name: String) {
    self.name = name
  }
}
