/// Holds a secret so that no print, dump, interpolation or encoder can show it.
package struct Redacted<Secret: Sendable>: Sendable {
  /// The secret itself. Name it only where it leaves for the wire or the secret file.
  package let exposed: Secret

  package init(_ secret: Secret) { exposed = secret }
}

extension Redacted: Equatable where Secret: Equatable {}

extension Redacted: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "<redacted>" }
  package var debugDescription: String { "<redacted>" }
  package var customMirror: Swift.Mirror { Swift.Mirror(self, children: []) }
}
