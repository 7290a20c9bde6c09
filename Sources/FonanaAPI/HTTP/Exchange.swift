import FonanaCore
import NIOHTTP1

/// What an exchange with the server has brought so far.
struct Exchange: Sendable {
  var phase = ServerFailure.Phase.nothingWritten
  var status: Int?
  var headers = HTTPHeaders()
  var reader: AnswerReader
  /// Of an answer that is no success: its beginning.
  var errorBody: [UInt8] = []
  var bodyBytes = 0
  /// Why the transfer was ended from here.
  var verdict = AnswerReader.Verdict.more

  /// How much of an answer that is no success is read.
  static let errorBodyLimit = 64 << 10

  /// What is read of an answer of any size, such as a whole history: it is kept until its end.
  static let bodyLimit = 128 << 20

  init(reader: AnswerReader) { self.reader = reader }

  var isSuccess: Bool { status.map { (200..<300).contains($0) } ?? false }

  mutating func receive(_ head: HTTPResponseHead) {
    phase = .headersRead
    status = Int(head.status.code)
    headers = head.headers
  }

  /// Whether more is wanted.
  mutating func receive(_ bytes: some Collection<UInt8>) -> Bool {
    bodyBytes += bytes.count
    if isSuccess {
      verdict = bodyBytes > Self.bodyLimit ? .tooLarge : reader.feed(bytes)
    } else {
      errorBody += bytes.prefix(Self.errorBodyLimit - errorBody.count)
      if errorBody.count >= Self.errorBodyLimit { verdict = .enough }
    }
    return verdict == .more
  }
}
