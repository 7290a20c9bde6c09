/// A place where the server has messages from which nothing can be read: larger than 8 MiB, or
/// broken. It is no `Gap`: asking again would bring the same. A later page over the same place
/// says anew whether it is there.
package struct UnreadableStretch: Hashable, Sendable, Codable {
  /// The message right above; nil: nothing newer is known.
  package var newer: MessagePosition?
  /// The message right below; nil: nothing older is known.
  package var older: MessagePosition?

  package init(newer: MessagePosition?, older: MessagePosition?) {
    self.newer = newer
    self.older = older
  }
}
