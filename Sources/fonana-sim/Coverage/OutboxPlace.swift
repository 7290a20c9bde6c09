import FonanaCore

/// The states of a message, with its beginning and its two ends.
enum OutboxPlace: Int, Sendable, CaseIterable {
  case new, unresolved, queued, intent, quarantine, parked, held, sent, cancelled

  init(_ state: OutboxState) {
    switch state {
    case .unresolved: self = .unresolved
    case .queued: self = .queued
    case .intent: self = .intent
    case .quarantine: self = .quarantine
    case .parked: self = .parked
    case .held: self = .held
    }
  }
}
