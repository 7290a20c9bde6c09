import Glibc

/// An open file descriptor that is closed with its last reference.
package final class OwnedDescriptor: Sendable {
  package let number: Int32
  package init(owning number: Int32) { self.number = number }
  deinit { _ = close(number) }
}
