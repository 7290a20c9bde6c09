import Glibc

/// A port on which the server can't listen.
package struct ListenError: Error, Equatable, CustomStringConvertible {
  package let port: Int
  /// errno.
  package let number: Int32

  package var description: String {
    "The server can't listen on port \(port): \(String(cString: strerror(number)))."
  }
}
