/// The image types that the server takes (docs/protocol.md, 6).
enum ImageKind: String, CaseIterable {
  case png, jpeg, gif, webp

  init?(head: some Collection<UInt8>) {
    let head = Array(head)
    func has(_ bytes: [UInt8], at offset: Int = 0) -> Bool {
      head.dropFirst(offset).starts(with: bytes)
    }
    if has([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) {
      self = .png
    } else if has([0xff, 0xd8, 0xff]) {
      self = .jpeg
    } else if has(Array("GIF87a".utf8)) || has(Array("GIF89a".utf8)) {
      self = .gif
    } else if has(Array("RIFF".utf8)), has(Array("WEBP".utf8), at: 8) {
      self = .webp
    } else {
      return nil
    }
  }

  /// Of a file with this content type; nil for others.
  static func fileExtension(of contentType: String) -> String? {
    allCases.first { "image/\($0.rawValue)" == contentType }
      .map { $0 == .jpeg ? "jpg" : $0.rawValue }
  }
}
