import FonanaCore
import Testing

struct RedactedTests {
  private struct Holder { var token = Redacted("s3cret") }

  @Test func nothingShowsTheSecret() {
    let holder = Holder()
    var dumped = ""
    dump(holder, to: &dumped)
    dump([holder.token], to: &dumped)
    let optional: Redacted<String>? = holder.token
    let texts = [
      dumped, "\(holder)", "\(holder.token)", String(reflecting: holder),
      String(describing: optional), "\([holder.token])",
    ]
    for text in texts { #expect(!text.contains("s3cret")) }
  }

  @Test func theSecretIsKept() {
    #expect(Redacted("a").exposed == "a")
    #expect(Redacted("a") == Redacted("a"))
    #expect(Redacted("a") != Redacted("b"))
  }
}
