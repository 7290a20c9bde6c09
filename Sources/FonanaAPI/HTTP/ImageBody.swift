import AsyncHTTPClient
import FonanaCore
import Glibc
import NIOCore
import NIOPosix

/// An image of the outbox folder as a multipart form, read from the disk while it is sent.
struct ImageBody: Sendable {
  private let file: OpenFile
  private let boundary: String
  private let preamble: String
  private let epilogue: String

  /// nil: no such image, or a name that would leave the folder.
  init?(folder: String, fileName: String, boundary: String = Self.randomBoundary()) {
    guard !fileName.isEmpty, !fileName.contains("/"), !fileName.hasPrefix("."),
      let file = OpenFile(path: folder + "/" + fileName),
      let format = ImageFormat(of: file.read(at: 0, count: 16))
    else { return nil }
    self.file = file
    self.boundary = boundary
    preamble =
      "--\(boundary)\r\nContent-Disposition: form-data; name=\"type\"\r\n\r\nmessage\r\n"
      + "--\(boundary)\r\nContent-Disposition: form-data; name=\"file\";"
      + " filename=\"image.\(format.rawValue)\"\r\nContent-Type: \(format.contentType)\r\n\r\n"
    epilogue = "\r\n--\(boundary)--\r\n"
  }

  var contentType: String { "multipart/form-data; boundary=\(boundary)" }

  var body: HTTPClient.Body {
    let length = preamble.utf8.count + file.size + epilogue.utf8.count
    return .stream(contentLength: Int64(length)) { writer in
      writer.write(.byteBuffer(ByteBuffer(string: preamble))).flatMapWithEventLoop { _, loop in
        send(from: 0, to: writer, on: loop)
      }.flatMap { writer.write(.byteBuffer(ByteBuffer(string: epilogue))) }
    }
  }

  private static let chunk = 64 << 10

  private func send(
    from offset: Int, to writer: HTTPClient.Body.StreamWriter, on loop: any EventLoop
  )
    -> EventLoopFuture<Void>
  {
    NIOThreadPool.singleton.runIfActive(eventLoop: loop) {
      file.read(at: offset, count: Self.chunk)
    }
    .flatMap { bytes in
      guard !bytes.isEmpty else { return loop.makeSucceededVoidFuture() }
      return writer.write(.byteBuffer(ByteBuffer(bytes: bytes)))
        .hop(to: loop)
        .flatMap { send(from: offset + bytes.count, to: writer, on: loop) }
    }
  }

  private static func randomBoundary() -> String {
    "fonana-" + String(UInt64.random(in: .min ... .max), radix: 36)
      + String(UInt64.random(in: .min ... .max), radix: 36)
  }
}

/// The formats that the server takes, by the first bytes (docs/protocol.md, 6).
enum ImageFormat: String {
  case png, jpg, gif, webp

  init?(of start: [UInt8]) {
    if start.starts(with: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) {
      self = .png
    } else if start.starts(with: [0xff, 0xd8, 0xff]) {
      self = .jpg
    } else if start.starts(with: "GIF87a".utf8) || start.starts(with: "GIF89a".utf8) {
      self = .gif
    } else if start.starts(with: "RIFF".utf8), start.dropFirst(8).starts(with: "WEBP".utf8) {
      self = .webp
    } else {
      return nil
    }
  }

  var contentType: String { self == .jpg ? "image/jpeg" : "image/\(rawValue)" }
}
