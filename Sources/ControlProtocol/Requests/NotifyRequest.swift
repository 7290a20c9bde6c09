package import FonanaCore

/// `notify.change`: the desktop's pop-ups. What is null stays as it is.
package struct NotifyRequest: Codable, Sendable, Hashable {
  /// A nickname; kept in the configuration.
  @Nullable package var mute: String?
  @Nullable package var unmute: String?
  /// Kept over a restart; 0 ends it.
  @Nullable package var snoozeSeconds: Double?
  /// One pop-up is wanted now.
  package var test: Bool

  package init(
    mute: String? = nil, unmute: String? = nil, snoozeSeconds: Double? = nil, test: Bool = false
  ) {
    self.mute = mute
    self.unmute = unmute
    self.snoozeSeconds = snoozeSeconds
    self.test = test
  }
}

/// How things stand afterwards.
package struct NotifyResult: Codable, Sendable, Hashable {
  package var enabled: Bool
  /// In lower case, without `@`, in order.
  package var muted: [String]
  @RFC3339 package var snoozedUntil: Timestamp?
  /// Of a test: whether a notification service has taken it; else null.
  @Nullable package var shown: Bool?

  package init(enabled: Bool, muted: [String], snoozedUntil: Timestamp?, shown: Bool?) {
    self.enabled = enabled
    self.muted = muted
    self.snoozedUntil = snoozedUntil
    self.shown = shown
  }
}
