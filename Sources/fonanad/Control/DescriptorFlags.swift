import Glibc

/// Flags that every descriptor of the socket loop has.
enum DescriptorFlags {
  /// Not inherited by children, and never blocking.
  static func set(_ descriptor: Int32) {
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
  }
}
