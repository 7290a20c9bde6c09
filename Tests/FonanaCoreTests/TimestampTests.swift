import FonanaCore
import FonanaTestSupport
import Testing

struct TimestampTests {
  @Test(arguments: [
    ("2026-11-24T13:49:48.563Z", 1_795_528_188_563),
    ("2026-11-24T13:49:48.563", 1_795_528_188_563),
    ("2026-11-24T14:49:48.563+01:00", 1_795_528_188_563),
    ("2026-11-24T13:49:48.5639999Z", 1_795_528_188_563),
    ("1970-01-01T00:00:00Z", 0), ("1969-12-31T23:59:59.999Z", -1),
    ("2000-02-29T00:00:00Z", 951_782_400_000), ("9999-12-31T23:59:59Z", 253_402_300_799_000),
  ])
  func readsWhatTheServerWrites(_ text: String, _ milliseconds: Int64) {
    #expect(Timestamp(text)?.milliseconds == milliseconds)
  }

  @Test(arguments: [
    "", "2026", "2026-11-24", "2026-13-01T00:00:00Z", "2026-11-24T24:00:00Z",
    "2026-11-24T13:49:48.Z", "2026-11-24T13:49:48Q", "yesterday", "2026-11-24T13:49:48+1",
    "0000-01-01T00:00:00+00:01", "9999-12-31T23:59:60Z",
  ])
  func refusesAnythingElse(_ text: String) {
    #expect(Timestamp(text) == nil)
  }

  @Test func writingAndReadingGiveTheSameInstant() {
    var random = SeededRandom(seed: 7)
    for _ in 0..<10_000 {
      let at = Timestamp(
        milliseconds: Int64.random(in: -62_135_596_800_000...253_402_300_799_999, using: &random))
      #expect(Timestamp(at.description) == at)
    }
  }

  @Test func differencesAreDurations() {
    let at = Timestamp(milliseconds: 1500)
    #expect(at - Timestamp(milliseconds: 500) == .seconds(1))
    #expect(at + .milliseconds(5) == Timestamp(milliseconds: 1505))
  }
}
