import FonanaCore

/// A `[[hook]]` of the configuration: a program that is started for each event.
struct HookConfiguration: Hashable, Sendable {
  var name: String
  /// The program and its arguments; no shell.
  var command: [String]
  var events: Set<EventKind> = [.messageReceived]
  /// Fetch (and tick) messages before, so that no text is cut.
  var isFull = false
  var timeout = Duration.seconds(30)
  /// So often an event is tried until the hook is parked.
  var attempts = 10

  /// Names that a person can't give to `watch --as`.
  static let prefix = "hook:"

  /// Its name among the consumers of events.
  var consumer: String { Self.prefix + name }
}
