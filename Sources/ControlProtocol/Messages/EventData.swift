package import FonanaCore

/// What an event tells; its type goes by the event's name.
package enum EventData: Sendable, Hashable {
  case message(MessageInfo)
  case outbox(OutboxChange)
  case conversation(ConversationInfo)
  case notification(NotificationInfo)
  case connection(ConnectionChange)
  case token(TokenChange)
  case progress(SyncProgress)
  case lost(LostEvents)
  /// `ready`, `heartbeat`, and what a newer daemon says.
  case other(JSONValue)
}

/// The data of `outbox.changed`.
package struct OutboxChange: Codable, Sendable, Hashable {
  package var cid: ClientID
  /// Null: it has left the outbox, sent or cancelled.
  @Nullable package var item: OutboxEntry?

  package init(cid: ClientID, item: OutboxEntry? = nil) {
    self.cid = cid
    self.item = item
  }
}

/// The data of `ready`.
package struct ReadyData: Codable, Sendable, Hashable {
  package var daemonVersion: String
}

extension EventName {
  /// What its data is; anything for one that this version does not know.
  package var dataType: any (Codable & Sendable).Type {
    switch kind {
    case .messageReceived, .messageUpdated, .messageSent: MessageInfo.self
    case .outboxChanged: OutboxChange.self
    case .conversationChanged: ConversationInfo.self
    case .notificationReceived: NotificationInfo.self
    case .connectionChanged: ConnectionChange.self
    case .tokenRefreshed: TokenChange.self
    case .syncProgress: SyncProgress.self
    case nil:
      switch self {
      case .ready: ReadyData.self
      case .heartbeat: NoParameters.self
      case .lost: LostEvents.self
      default: JSONValue.self
      }
    }
  }
}

extension EventData: Encodable {
  package func encode(to encoder: any Encoder) throws {
    switch self {
    case .message(let value): try value.encode(to: encoder)
    case .outbox(let value): try value.encode(to: encoder)
    case .conversation(let value): try value.encode(to: encoder)
    case .notification(let value): try value.encode(to: encoder)
    case .connection(let value): try value.encode(to: encoder)
    case .token(let value): try value.encode(to: encoder)
    case .progress(let value): try value.encode(to: encoder)
    case .lost(let value): try value.encode(to: encoder)
    case .other(let value): try value.encode(to: encoder)
    }
  }

  /// What can't be read as what its name says, as of a newer daemon, is taken as it is: one event
  /// must not keep a reader from all that follow.
  init(of name: EventName, from decoder: any Decoder) throws {
    do {
      self = try Self.read(as: name, from: decoder)
    } catch {
      self = .other(try .init(from: decoder))
    }
  }

  private static func read(as name: EventName, from decoder: any Decoder) throws -> EventData {
    switch name.kind {
    case .messageReceived, .messageUpdated, .messageSent: .message(try .init(from: decoder))
    case .outboxChanged: .outbox(try .init(from: decoder))
    case .conversationChanged: .conversation(try .init(from: decoder))
    case .notificationReceived: .notification(try .init(from: decoder))
    case .connectionChanged: .connection(try .init(from: decoder))
    case .tokenRefreshed: .token(try .init(from: decoder))
    case .syncProgress: .progress(try .init(from: decoder))
    case nil where name == .lost: .lost(try .init(from: decoder))
    case nil: .other(try .init(from: decoder))
    }
  }
}
