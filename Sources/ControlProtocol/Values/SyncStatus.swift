package import FonanaCore

/// `status.sync`.
package struct SyncStatus: Codable, Sendable, Hashable {
  package enum State: String, Codable, Sendable, CaseIterable {
    case synced, syncing, behind
  }

  package var mode: String
  package var state: State
  /// What was made until then is here, but for the gaps; null: never fetched.
  @RFC3339 package var completeUpTo: Timestamp?
  /// How that is known.
  package var source: FreshnessInfo.Source
  @RFC3339 package var lastPullAt: Timestamp?
  @RFC3339 package var lastListAt: Timestamp?
  package var conversations: Int
  package var messages: Int
  /// Messages whose text may be cut.
  package var incomplete: Int
  package var gaps: Int
  /// Conversations with messages that can't be read: larger than 8 MiB, or broken.
  package var unreadable: Int
  /// Pulls made only to settle an uncertain send.
  package var forcedReads: Int
  package var databaseBytes: Int64
  /// Null: the store was never damaged, or the damaged one has been removed.
  @Nullable package var damage: DamageInfo?

  package init(
    mode: String, state: State, completeUpTo: Timestamp? = nil,
    source: FreshnessInfo.Source = .stale, lastPullAt: Timestamp? = nil,
    lastListAt: Timestamp? = nil,
    conversations: Int, messages: Int, incomplete: Int, gaps: Int, unreadable: Int = 0,
    forcedReads: Int, databaseBytes: Int64, damage: DamageInfo? = nil
  ) {
    self.mode = mode
    self.state = state
    self.completeUpTo = completeUpTo
    self.source = source
    self.lastPullAt = lastPullAt
    self.lastListAt = lastListAt
    self.conversations = conversations
    self.messages = messages
    self.incomplete = incomplete
    self.gaps = gaps
    self.unreadable = unreadable
    self.forcedReads = forcedReads
    self.databaseBytes = databaseBytes
    self.damage = damage
  }
}

/// `status.outbox`: how many are in each state.
package struct OutboxStatus: Codable, Sendable, Hashable {
  package var total: Int { queued + sending + uncertain + parked + held }

  package var queued: Int
  package var sending: Int
  package var uncertain: Int
  package var parked: Int
  package var held: Int
  package var duplicatesSeen: Int
  /// What blocks its conversation.
  package var blocking: [BlockInfo]

  package init(
    queued: Int, sending: Int, uncertain: Int, parked: Int, held: Int, duplicatesSeen: Int,
    blocking: [BlockInfo] = []
  ) {
    self.queued = queued
    self.sending = sending
    self.uncertain = uncertain
    self.parked = parked
    self.held = held
    self.duplicatesSeen = duplicatesSeen
    self.blocking = blocking
  }
}
