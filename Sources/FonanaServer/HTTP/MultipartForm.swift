/// The parts of a `multipart/form-data` body (RFC 7578).
struct MultipartForm: Sendable {
  struct Part: Sendable {
    let name: String
    let fileName: String?
    let contentType: String
    let bytes: [UInt8]
  }

  private let parts: [Part]

  /// nil when the request is no such form.
  init?(_ request: APIRequest) {
    guard let contentType = request.headers["content-type"],
      contentType.lowercased().hasPrefix("multipart/form-data"),
      let boundary = Self.parameter("boundary", of: contentType)
    else { return nil }
    let mark = Array("--\(boundary)".utf8)
    let pieces = Self.split(request.body, by: mark)
    guard pieces.count > 1 else { return nil }
    parts = pieces.dropFirst().compactMap(Self.part)
  }

  var names: [String] { parts.map(\.name) }

  subscript(name: String) -> Part? {
    parts.first { $0.name == name }
  }

  /// A piece is CRLF, the header lines, an empty line, the bytes, CRLF.
  private static func part(_ piece: ArraySlice<UInt8>) -> Part? {
    guard piece.starts(with: [13, 10]), let end = find([13, 10, 13, 10], in: piece) else {
      return nil
    }
    let head = String(decoding: piece[piece.startIndex..<end], as: UTF8.self)
    guard let disposition = line("content-disposition", in: head),
      let name = parameter("name", of: disposition)
    else { return nil }
    let bytes = piece[(end + 4)...].dropLast(2)
    return Part(
      name: name, fileName: parameter("filename", of: disposition),
      contentType: line("content-type", in: head)?.lowercased() ?? "", bytes: Array(bytes))
  }

  private static func line(_ name: String, in head: String) -> String? {
    for line in head.split(whereSeparator: \.isNewline) {
      guard let colon = line.firstIndex(of: ":"), line[..<colon].lowercased() == name else {
        continue
      }
      return String(line[line.index(after: colon)...].drop { $0 == " " })
    }
    return nil
  }

  private static func parameter(_ name: String, of header: String) -> String? {
    for piece in header.split(separator: ";").dropFirst() {
      let pair = piece.drop { $0 == " " }.split(separator: "=", maxSplits: 1)
      guard pair.count == 2, pair[0].lowercased() == name else { continue }
      let value = pair[1]
      let isQuoted = value.hasPrefix("\"") && value.hasSuffix("\"") && value.count > 1
      return String(isQuoted ? value.dropFirst().dropLast() : value)
    }
    return nil
  }

  private static func split(_ bytes: [UInt8], by mark: [UInt8]) -> [ArraySlice<UInt8>] {
    var pieces: [ArraySlice<UInt8>] = []
    var rest = bytes[...]
    while let at = find(mark, in: rest) {
      pieces.append(rest[rest.startIndex..<at])
      rest = rest[(at + mark.count)...]
    }
    pieces.append(rest)
    return pieces
  }

  private static func find(_ mark: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
    guard bytes.count >= mark.count, let first = mark.first else { return nil }
    var index = bytes.startIndex
    let last = bytes.endIndex - mark.count
    while index <= last {
      guard let candidate = bytes[index...last].firstIndex(of: first) else { return nil }
      if bytes[candidate..<candidate + mark.count].elementsEqual(mark) { return candidate }
      index = candidate + 1
    }
    return nil
  }
}
