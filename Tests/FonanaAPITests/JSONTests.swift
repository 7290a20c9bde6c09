import FonanaCore
import Testing

@testable import FonanaAPI

struct JSONTests {
  @Test(arguments: [
    (#""plain""#, "plain"), (#""a\n\t\"\\\/b""#, "a\n\t\"\\/b"), (#""\u00e9\ud83d\udc4b""#, "é👋"),
    (#""lone \ud83d half""#, "lone \u{fffd} half"), (#""\udc4b""#, "\u{fffd}"),
    (#""\ud83d\u0041""#, "\u{fffd}A"), (#""""#, ""),
  ])
  func textsAreUnescaped(_ json: String, _ text: String) {
    #expect(JSONSlice(json.utf8).string == text)
  }

  @Test(arguments: [#"""#, #""\x""#, #""\u12""#, "12", "null", ""])
  func whatIsNoTextIsNil(_ json: String) {
    #expect(JSONSlice(json.utf8).string == nil)
  }

  @Test func ofEqualNamesTheLastCounts() {
    let object = JSONSlice(#"{"a":1,"a":2,"b":null}"#.utf8).object
    #expect(object?["a"]?.integer == 2)
    #expect(object?["b"] == nil)
  }

  @Test(arguments: [
    #"{"a":1"#, #"{"a" 1}"#, #"{a:1}"#, #"{"a":1}x"#, #"[1]"#, "",
  ])
  func brokenObjectsAreNil(_ json: String) {
    #expect(JSONSlice(json.utf8).object == nil)
  }

  @Test(arguments: ["{}", "[]", "0", "-1.5e+3", #"{"a":[1,{"b":"c"}],"d":null}"#])
  func soundValuesPassTheCheck(_ json: String) {
    #expect(JSONCheck.isValid(JSONSlice(json.utf8)))
  }

  @Test(arguments: ["", "01", "1.", "tru", #"{"a":[1,}"#, "[1 2]", "{]", "\"a\nb\"", "+1", "1e"])
  func brokenValuesDoNot(_ json: String) {
    #expect(!JSONCheck.isValid(JSONSlice(json.utf8)))
  }

  @Test func depthIsBoundedWithoutRecursion() {
    func nested(_ depth: Int) -> JSONSlice {
      JSONSlice(
        String(repeating: "[", count: depth).utf8 + Array(String(repeating: "]", count: depth).utf8)
      )
    }
    #expect(JSONCheck.isValid(nested(64)))
    #expect(!JSONCheck.isValid(nested(65)))
    #expect(!JSONCheck.isValid(nested(200_000)))
  }

  @Test func writtenTextsAreReadBack() {
    let text = "\u{0}\u{1f}\"\\\n\r\t é👋\u{2028}"
    #expect(JSONSlice(JSONWriter.quoted(text).utf8).string == text)
  }

  @Test func arraysComeApartWhereverTheBytesAreCut() {
    let json = #"{"x":[1,"]"],"list":[{"a":"},"},[2], 3 ,"s\"]"],"hasMore": true }"#
    let bytes = Array(json.utf8)
    for cut in bytes.indices {
      var stream = JSONArrayStream(arrayName: "list")
      var found: [String] = []
      for part in [bytes[..<cut], bytes[cut...]] {
        stream.feed(part) { element in
          found.append(String(decoding: element.bytes, as: UTF8.self))
          return true
        }
      }
      #expect(found == [#"{"a":"},"}"#, "[2]", "3", #""s\"]""#], "cut at \(cut)")
      #expect(stream.isComplete && stream.members["hasMore"]?.bool == true)
    }
  }

  @Test(arguments: ["[]", "<html>", #"{"list":[1,]}"#, #"{"list" [1]}"#, #"{"list":[1] "a":2}"#])
  func otherFormsAreBroken(_ json: String) {
    var stream = JSONArrayStream(arrayName: "list")
    stream.feed(json.utf8) { _ in true }
    #expect(stream.isBroken)
  }

  @Test func anythingMayComeWithoutACrash() {
    let alphabet =
      Array(#"{}[]",:\u0d8ntf-1e null"messages""id""createdAt""metadata"{"#.utf8) + [0xff, 0xc3, 0]
    var random = SystemRandomNumberGenerator()
    for _ in 0..<3000 {
      let bytes = (0..<Int.random(in: 0...80, using: &random)).map { _ in
        alphabet.randomElement(using: &random) ?? 0
      }
      var reader = AnswerReader(samplePage)
      _ = reader.feed(Array(#"{"messages":["#.utf8) + bytes)
      _ = reader.finish()
      _ = PushFrame(wire: bytes)
      _ = JSONCheck.isValid(JSONSlice(bytes))
      _ = TokenClaims(of: "a." + String(decoding: bytes, as: UTF8.self) + ".b")
    }
  }
}
