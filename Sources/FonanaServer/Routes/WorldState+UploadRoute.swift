extension WorldState {
  private static let folders = [
    "avatar": "avatars", "background": "backgrounds", "post": "posts", "message": "messages",
    "image": "messages", "video": "messages",
  ]
  private static let allowedTypes: Set = [
    "image/jpeg", "image/jpg", "image/png", "image/gif", "image/webp",
  ]

  /// The name of the file comes from its bytes, so the same bytes give the same address. Nobody
  /// has to be logged in.
  mutating func upload(_ request: APIRequest) throws(Rejection) -> APIResponse {
    guard let form = MultipartForm(request) else {
      throw Rejection(500, "Ошибка при загрузке файла")
    }
    guard let file = form["file"], let fileName = file.fileName else {
      throw Rejection(400, "Файл не найден")
    }
    let type = form["type"].map { String(decoding: $0.bytes, as: UTF8.self) } ?? ""
    try Self.check(file, type: type)
    let hash = SHA256.digest(file.bytes).prefix(16).map(Self.hex).joined()
    let name = hash + Self.fileExtension(fileName)
    let path = "/\(Self.folders[type] ?? "uploads")/\(name)"
    perform(.addUpload(path: path, .init(contentType: file.contentType, bytes: file.bytes)))
    return .json([
      "success": true, "url": .string(path), "filename": .string(name),
      "uploadType": .string(type.isEmpty ? "general" : type),
    ])
  }

  private static func check(_ file: MultipartForm.Part, type: String) throws(Rejection) {
    guard allowedTypes.contains(file.contentType) else {
      throw Rejection(400, "Недопустимый тип файла. Разрешены: JPG, PNG, GIF, WEBP")
    }
    let megabytes = type == "avatar" || type == "background" ? 5 : 10
    guard file.bytes.count <= megabytes << 20 else {
      throw Rejection(400, "Файл слишком большой. Максимальный размер: \(megabytes)MB")
    }
  }

  private static func hex(_ byte: UInt8) -> String {
    (byte < 16 ? "0" : "") + String(byte, radix: 16)
  }

  private static func fileExtension(_ name: String) -> String {
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return "" }
    return String(name[dot...].filter { $0 != "/" })
  }
}
