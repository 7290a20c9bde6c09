/// A file that was uploaded; served back under its path.
struct UploadedFile: Sendable, Equatable {
  let contentType: String
  let bytes: [UInt8]
}
