/// When a commit is on the disk.
package enum SyncLevel: String, Sendable {
  /// When it is reported.
  case full = "FULL"
  /// Some time later. Only for tests, which have to see that it is wrong.
  case normal = "NORMAL"
}
