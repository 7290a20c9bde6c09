import FonanaCore
import FonanaTestSupport
import Foundation
import GRDB
import Testing

@testable import LocalStore

/// The full-text index: what people expect to find, and that it goes with every change.
@Suite(.timeLimit(.minutes(1)))
struct SearchTests {
  private static let texts = [
    "Good morning, how are you?", "See you tomorrow at 10:30", "The invoice is attached: #4711",
    "I don't know", "Naïve Café in Zürich", "E-Mail: someone@example.com", "MORNING again",
    "Привет, как дела?", "Ещё раз спасибо", "Завтра утром", "Йога в парке",
    "你好世界", "我在北京大学学习中文", "こんにちは、元気ですか", "カタカナ", "안녕하세요 세계",
    "So funny 😀😀", "hi🔥there", "❤️ from me", "👨‍👩‍👧 family photo", "🇷🇺 flag", "price 0.5 SOL",
    "C++ and Rust", "path/to/file.txt", "İstanbul", "straße", "résumé", "photographer",
    "photo album", "Καλημέρα, τι κάνεις; ΟΛΑ ΚΑΛΑ", "Ο φίλος μου", "Tiếng Việt: Đà Nẵng",
    "Zażółć gęślą jaźń, złoty z Łodzi", "Smørrebrød på Ærø", "kırmızı", "nai\u{308}ve again",
    "Синий ча\u{438}\u{306}ник", "か\u{3099}っこう", "مُحَمَّد هنا", "שָׁלוֹם לך", "วันนี้อากาศดี", "ＡＢＣ １２",
    "good morning sunshine", "warm: 25°C", "Дом №12", "Fonana™", "©2026", "777₽ за 0.25₿", "price↗",
    "ℹinfo", "\u{2068}Анна\u{2069}", "أحمد في مدرسة", "می\u{200c}خواهم", "мʼяч", "hy\u{ad}phen",
  ]

  /// What is typed, and the numbers of the texts that a person expects.
  private static let expectations: [(String, [Int])] = [
    ("morning", [0, 6, 42]), ("Morning", [0, 6, 42]), ("good morning", [0, 42]),
    (#""how are""#, [0]),
    ("you", [0, 1]), ("tomorrow 10", [1]), ("10:30", [1]), ("4711", [2]), ("#4711", [2]),
    ("don't", [3]), ("cafe", [4]), ("zurich", [4]), ("someone@example.com", [5]),
    ("example", [5]), ("ПРИВЕТ", [7]), ("еще", [8]), ("ещё", [8]), ("завтра", [9]), ("йога", [10]),
    ("世界", [11]), ("北京", [12]), ("中文", [12]), ("元気", [13]), ("タカ", [14]), ("안녕", [15]),
    ("😀", [16]), ("🔥", [17]), ("there", [17]), ("❤️", [18]), ("👨‍👩‍👧", [19]), ("🇷🇺", [20]),
    ("0.5 sol", [21]), ("rust", [22]), ("file.txt", [23]), ("résumé", [26]), ("resume", [26]),
    ("photo*", [19, 27, 28]), ("photo", [19, 28]), ("morning -again", [6]), ("nothing", []),
    ("世 界", [11]), ("καλημερα", [29]), ("κάνεις", [29]), ("ΚΑΝΕΙΣ", [29]), ("όλα", [29]),
    ("φιλος", [30]), ("ΦΙΛΟΣ", [30]), ("tieng viet", [31]), ("việt", [31]), ("da nang", [31]),
    ("Đà Nẵng", [31]), ("zazolc", [32]), ("złoty", [32]), ("zloty", [32]), ("łodzi", [32]),
    ("lodz*", [32]), ("smorrebrod", [33]), ("kirmizi", [34]), ("istanbul", [24]),
    ("naive", [4, 35]), ("naïve", [4, 35]), ("чайник", [36]), ("ча\u{438}\u{306}ник", [36]),
    ("がっこう", [37]), ("محمد", [38]), ("مُحَمَّد", [38]), ("שלום", [39]), ("שָׁלוֹם", [39]),
    ("อากาศ", [40]), ("abc", [41]), ("ａｂｃ 12", [41]), (#""good morning"sunshine"#, [42]),
    (#""good morn"* sunshine"#, [42]), ("25", [43, 47]), ("25°C", [43]), ("12", [41, 44]),
    ("fonana", [45]), ("2026", [46]), ("777", [47]), ("0.25", [47]), ("price", [21, 48]),
    ("info", [49]), ("анна", [50]), ("احمد", [51]), ("مدرسه", [51]), ("ميخواهم", [52]),
    ("м'яч", [53]), ("hyphen", [54]),
  ]

  private func fill(_ store: LocalStore) async throws {
    try await store.pull(
      Self.texts.enumerated().map { Sample.message(Int64($0.offset), content: $0.element) })
  }

  private func find(_ typed: String, in store: LocalStore) async throws -> [Int] {
    let query = TextQuery(try SearchExpression(typed).text, limit: 100)
    let found = try await store.search(query, mode: .onRead)
    #expect(found.total == found.matches.count)
    return found.matches.compactMap { Int($0.row.message.id.rawValue.dropFirst()) }.sorted()
  }

  @Test func peopleFindWhatTheyExpect() async throws {
    try await withStore { store in
      try await fill(store)
      for (typed, expected) in Self.expectations {
        let found = try await find(typed, in: store)
        #expect(found == expected, "“\(typed)”")
      }
    }
  }

  @Test func theIndexGoesWithEveryChange() async throws {
    try await withStore { store in
      let island = Sample.message(1, content: "first 50 letters of it")
      try await store.does(.applyList([Sample.list(island, unread: 1)], isBacklog: false))
      #expect(try await find("letters", in: store) == [1])
      try await store.pull([Sample.message(1, content: "the whole text"), Sample.message(2)])
      #expect(try await find("letters", in: store) == [])
      #expect(try await find("whole", in: store) == [1])
      try await store.purge()
      #expect(
        try await store.pool.read { try $0.number("SELECT COUNT(*) FROM message_search") } == 0)
    }
  }

  @Test func aMessageThatIsGoneIsFoundOnceItIsBack() async throws {
    try await withStore { store in
      let all = (1...3).map { Sample.message($0, content: "apple \($0)") }
      for _ in 0..<2 {
        try await store.pull(all)
        #expect(try await find("apple", in: store) == [1, 2, 3])
        for _ in 0..<2 { try await store.pull([all[0], all[2]]) }
        #expect(try await find("apple", in: store) == [1, 3])
        try await checkIndex(of: store)
      }
      _ = try await store.forget(Sample.talk, before: nil)
      #expect(try await find("apple", in: store) == [])
      try await checkIndex(of: store)
    }
  }

  /// What is hidden from a reader is not counted either.
  @Test func aRepetitionIsFoundOnce() async throws {
    try await withStore { store in
      try await store.pull(
        [5, 6, 7].map { Sample.ownMessage($0, content: "apple", cid: Sample.cid(1)) })
      #expect(try await find("apple", in: store) == [5])
    }
  }

  /// Every text has its entries, and no entry is without its text.
  private func checkIndex(of store: LocalStore) async throws {
    try await store.pool.write {
      try $0.execute(
        sql: "INSERT INTO message_search (message_search, rank) VALUES ('integrity-check', 1)")
    }
  }

  @Test func filtersAndOrderHold() async throws {
    try await withStore { store in
      try await store.pull([
        Sample.message(1, content: "apple"), Sample.message(2, from: Sample.me, content: "apple"),
        Sample.message(3, content: "apple apple apple"), Sample.message(4, content: "pear"),
      ])
      let other = ConversationID("talk-bob")
      try await store.pull(
        [Sample.message(5, from: Sample.bob.id, in: other, content: "apple")], in: other)
      func ids(_ change: (inout TextQuery) -> Void) async throws -> [String] {
        var query = TextQuery("apple", limit: 10)
        change(&query)
        return try await store.search(query, mode: .onRead).matches.map(\.row.message.id.rawValue)
      }
      #expect(try await ids { _ in } == ["m5", "m3", "m2", "m1"])
      #expect(try await ids { $0.order = .relevance }.first == "m3")
      #expect(try await ids { $0.conversationID = other } == ["m5"])
      #expect(try await ids { $0.senderID = Sample.me } == ["m2"])
      #expect(try await ids { $0.since = Sample.time(2) } == ["m5", "m3", "m2"])
      #expect(try await ids { $0.until = Sample.time(2) } == ["m1"])
      #expect(try await ids { $0.paidOnly = true } == [])
      #expect(try await ids { $0.withMediaOnly = true } == [])
      var picture = Sample.message(6, content: "apple with a picture")
      (picture.mediaURL, picture.mediaType) = ("/media/a.png", "image/png")
      var paid = Sample.message(7, content: "apple for money")
      (paid.isPaid, paid.price, paid.isPurchased) = (true, 0.5, true)
      var both = Sample.message(8, content: "pear with both")
      (both.isPaid, both.mediaURL) = (true, "/media/b.png")
      try await store.pull([picture, paid, both])
      #expect(try await ids { $0.withMediaOnly = true } == ["m6"])
      #expect(try await ids { $0.paidOnly = true } == ["m7"])
      #expect(try await ids { ($0.paidOnly, $0.withMediaOnly) = (true, true) } == [])
      #expect(try await ids { ($0.paidOnly, $0.expression) = (true, "pear") } == ["m8"])
      var two = TextQuery("apple", limit: 2)
      #expect(try await store.search(two, mode: .onRead).total == 6)
      two.expression = "apple AND ("
      let error = await #expect(throws: FonanaError.self) {
        try await store.search(two, mode: .onRead)
      }
      #expect(error?.code == .invalidInput)
    }
  }

  /// The index of a store that had none is the one that would have grown.
  @Test func anOlderStoreIsIndexedWhenItIsBroughtUpToDate() async throws {
    try await withTemporaryHome { home in
      let path = try released(1, in: home)
      let file = try DatabaseQueue(path: path)
      try await file.write {
        try $0.execute(
          sql: """
            UPDATE message SET content = '旧い话 plain złoty' WHERE row = 1;
            UPDATE message SET content = 'plain and gone', absences = 2 WHERE row = 3;
            """)
      }
      try file.close()
      let store = try LocalStore.open(path: path)
      for expression in ["旧", "plain", "zloty"].map({ "\"\($0)\"" }) {
        let found = try await store.search(TextQuery(expression, limit: 9), mode: .onRead)
        #expect(found.total == 1, "\(expression)")
      }
      try await checkIndex(of: store)
      try store.close()
    }
  }
}
