import Testing

@testable import fonana_cli

/// The short way understands what it may and leaves everything else to the parser.
@Suite struct QuickWordsTests {
  @Test(arguments: [
    "alice", "alice -n 5", "--peek alice", "alice --limit 3 --json", "--profile work alice --peek",
    "alice -v --no-pager",
  ])
  func usualReadsNeedNoParser(line: String) {
    #expect(Read.quickly(words(line)) != nil)
  }

  @Test(arguments: [
    "", "alice bob", "alice -n 0", "alice -n x", "alice -n", "alice -n 1 --limit 2", "alice -n=5",
    "alice --all", "alice --follow", "alice --since today", "-- alice", "alice --profile",
    "alice --nonsense", "alice -n -5",
  ])
  func otherReadsAreLeftToTheParser(line: String) {
    #expect(Read.quickly(words(line)) == nil)
  }

  @Test func searchAndSendTakeWords() {
    #expect(Search.quickly(words("good morning -n 500")) != nil)
    #expect(Search.quickly(words("good -n 501")) == nil)
    #expect(Search.quickly(words("good --from me")) == nil)
    #expect(Send.quickly(words("@alice good morning --no-wait")) != nil)
    #expect(Send.quickly(words("@alice")) == nil)
    #expect(Send.quickly(words("@alice -")) == nil)
    #expect(Send.quickly(words("@alice hello --wait")) == nil)
  }

  @Test func globalOptionsAreKept() {
    let start = Read.quickly(words("alice --json --profile work --no-input"))
    #expect(start?.global.json == true && start?.global.noInput == true)
    #expect(start?.global.profile == "work" && start?.global.noPager == false)
  }

  private func words(_ line: String) -> [String] { line.split(separator: " ").map(String.init) }
}
