import FonanaCore
import FonanaTestSupport
import FoundationEssentials
import Testing

@testable import fonana_cli

/// What is refused before anything is queued, all with exit code 64.
@Suite struct ContentTests {
  static let refused: [String?] = [
    nil, "", " \n\t", "a\0b", String(repeating: "x", count: 256 * 1024 + 1),
    String(repeating: "é", count: 128 * 1024 + 1),
  ]

  @Test(arguments: refused)
  func badTextIsRefused(_ text: String?) {
    let error = #expect(throws: FonanaError.self) {
      try MessageContent.validated(text, isOptional: false)
    }
    #expect(error.map { FonanaCore.ExitStatus(for: $0.code) } == .usage)
    #expect(error?.hint != nil)
  }

  @Test func longestTextPasses() throws {
    let text = String(repeating: "x", count: 256 * 1024)
    #expect(try MessageContent.validated(text, isOptional: false) == text)
  }

  @Test func imageNeedsNoText() throws {
    #expect(try MessageContent.validated("", isOptional: true) == nil)
  }

  @Test func lineEndOfEchoIsNoPartOfTheText() throws {
    #expect(try MessageContent.text(from: Array("a\n\n".utf8)) == "a\n")
    #expect(throws: FonanaError.self) { try MessageContent.text(from: [0xff, 0xfe]) }
  }

  @Test(arguments: [0, -0.5, .nan, .infinity])
  func priceMustBePositive(_ price: Double) {
    #expect(throws: FonanaError.self) { try MessageContent.price(price) }
  }

  static let heads: [([UInt8], ImageKind?)] = [
    ([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0], .png),
    ([0xff, 0xd8, 0xff, 0xe0], .jpeg),
    (Array("GIF89a…".utf8), .gif),
    (Array("RIFF1234WEBPVP8 ".utf8), .webp),
    (Array("RIFF1234WAVEfmt ".utf8), nil),
    (Array("<svg xmlns=".utf8), nil),
    ([], nil),
  ]

  @Test(arguments: heads)
  func firstBytesTellTheImageType(_ head: [UInt8], _ kind: ImageKind?) {
    #expect(ImageKind(head: head) == kind)
  }

  @Test func imagesAreCheckedBeforeTheyAreSent() async throws {
    try await withTemporaryHome { home in
      let text = try home.write("no image", to: "a.png")
      let big = try home.write(
        "GIF89a" + String(repeating: "x", count: ImageFile.byteLimit), to: "b.gif")
      let good = try home.write("GIF89a…", to: "c")
      for path in [text, big, home.path, home.path("missing"), "/dev/zero"] {
        let error = #expect(throws: FonanaError.self, "\(path)") { try ImageFile(path: path) }
        #expect(error?.code == .invalidInput)
      }
      _ = try ImageFile(path: good)
    }
  }

  @Test func clientIDsAreRandomVersionFour() {
    let ids = Set((0..<100).map { _ in ClientID.random().rawValue })
    #expect(ids.count == 100)
    for id in ids {
      let parts = id.split(separator: "-")
      #expect(parts.map(\.count) == [8, 4, 4, 4, 12])
      #expect(parts[2].first == "4")
      #expect(parts[3].first.map { "89ab".contains($0) } == true)
      #expect(id == id.lowercased())
    }
  }

  @Test(arguments: ["../../x", "a/b", ".", "cm5x8"])
  func idCantLeadToAnotherFolder(_ id: String) {
    #expect(!Save.fileName(id).contains { $0 == "/" || $0 == "." })
  }
}
