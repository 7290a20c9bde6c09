import Glibc

/// `sendmsg` and `recvmsg` with descriptors (SCM_RIGHTS).
package enum SocketMessage {
  private static let headerSize = MemoryLayout<cmsghdr>.size
  private static let descriptorSize = MemoryLayout<Int32>.size
  /// More in one message are closed by the system.
  private static let mostDescriptors = 4
  private static let chunk = 64 * 1024

  /// The count that was taken, or -1 with `errno`.
  package static func send(_ bytes: ArraySlice<UInt8>, passing passed: Int32?, over socket: Int32)
    -> Int
  {
    bytes.withUnsafeBytes { buffer in
      var part = iovec(
        iov_base: UnsafeMutableRawPointer(mutating: buffer.baseAddress), iov_len: buffer.count)
      return withUnsafeMutablePointer(to: &part) { part in
        var message = msghdr()
        message.msg_iov = part
        message.msg_iovlen = 1
        let flags = Int32(MSG_NOSIGNAL | MSG_DONTWAIT)
        guard let passed else { return sendmsg(socket, &message, flags) }
        return withControl(of: 1) { control in
          var header = cmsghdr()
          header.cmsg_len = headerSize + descriptorSize
          header.cmsg_level = SOL_SOCKET
          header.cmsg_type = Int32(SCM_RIGHTS)
          control.storeBytes(of: header, as: cmsghdr.self)
          control.storeBytes(of: passed, toByteOffset: headerSize, as: Int32.self)
          message.msg_control = control.baseAddress
          message.msg_controllen = control.count
          return sendmsg(socket, &message, flags)
        }
      }
    }
  }

  /// nil with `errno`.
  package static func receive(from socket: Int32) -> UnixConnection.Received? {
    withControl(of: mostDescriptors) { control in
      var message = msghdr()
      message.msg_control = control.baseAddress
      message.msg_controllen = control.count
      var count = 0
      let bytes = [UInt8](unsafeUninitializedCapacity: chunk) { buffer, filled in
        var part = iovec(iov_base: buffer.baseAddress, iov_len: chunk)
        count = withUnsafeMutablePointer(to: &part) { part in
          message.msg_iov = part
          message.msg_iovlen = 1
          return recvmsg(
            socket, &message, Int32(MSG_CMSG_CLOEXEC | MSG_DONTWAIT))
        }
        filled = max(0, count)
      }
      guard count >= 0 else { return nil }
      let used = UnsafeRawBufferPointer(rebasing: control[..<Int(message.msg_controllen)])
      return .init(bytes: bytes, descriptors: descriptors(in: used))
    }
  }

  private static func descriptors(in control: UnsafeRawBufferPointer) -> [OwnedDescriptor] {
    var found: [OwnedDescriptor] = []
    var offset = 0
    while offset + headerSize <= control.count {
      let header = control.load(fromByteOffset: offset, as: cmsghdr.self)
      let end = min(offset + Int(header.cmsg_len), control.count)
      guard end > offset + headerSize else { break }
      if header.cmsg_level == SOL_SOCKET, header.cmsg_type == Int32(SCM_RIGHTS) {
        for place in stride(from: offset + headerSize, to: end, by: descriptorSize) {
          found.append(OwnedDescriptor(owning: control.load(fromByteOffset: place, as: Int32.self)))
        }
      }
      offset = aligned(end)
    }
    return found
  }

  private static func aligned(_ size: Int) -> Int {
    let unit = MemoryLayout<Int>.size
    return (size + unit - 1) / unit * unit
  }

  private static func withControl<R>(
    of descriptors: Int, _ body: (UnsafeMutableRawBufferPointer) -> R
  ) -> R {
    let size = aligned(headerSize + descriptors * descriptorSize)
    return withUnsafeTemporaryAllocation(
      byteCount: size, alignment: MemoryLayout<cmsghdr>.alignment
    ) { control in
      control.initializeMemory(as: UInt8.self, repeating: 0)
      return body(control)
    }
  }
}
