/// What the configuration says about pop-ups.
struct NotificationPolicy: Hashable, Sendable {
  var isEnabled = true
  var showsContent = true
  var quietHours: QuietHours?
  /// Nicknames in lower case, without `@`.
  var muted: Set<String> = []

  func mutes(_ nickname: String?) -> Bool {
    nickname.map { muted.contains($0.lowercased()) } ?? false
  }
}
