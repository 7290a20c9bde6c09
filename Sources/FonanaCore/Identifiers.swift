/// An opaque name that the server or this client has given to something.
///
/// Identifiers are never parsed: the server's are cuid texts today (docs/protocol.md, 2).
package protocol Identifier: RawRepresentable, Hashable, Sendable, Codable, Comparable,
  CustomStringConvertible, CodingKeyRepresentable
where RawValue == String {
  init(rawValue: String)
}

extension Identifier {
  package init(_ rawValue: String) { self.init(rawValue: rawValue) }
  package var description: String { rawValue }
  package static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}

package struct UserID: Identifier {
  package let rawValue: String
  package init(rawValue: String) { self.rawValue = rawValue }
}

package struct ConversationID: Identifier {
  package let rawValue: String
  package init(rawValue: String) { self.rawValue = rawValue }
}

/// The server's name of a message.
package struct MessageID: Identifier {
  package let rawValue: String
  package init(rawValue: String) { self.rawValue = rawValue }
}

/// Our own name of an outgoing message (`cid`): a lower-case UUID, version 4, made by the command.
package struct ClientID: Identifier {
  package let rawValue: String
  package init(rawValue: String) { self.rawValue = rawValue }
}

package struct NotificationID: Identifier {
  package let rawValue: String
  package init(rawValue: String) { self.rawValue = rawValue }
}
