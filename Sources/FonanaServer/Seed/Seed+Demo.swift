extension Seed {
  /// Alice, who sells what she draws, and her readers Bob and Carol.
  package static let demo = Seed(
    people: [
      Person(
        name: "alice", wallet: wallet("alice"), fullName: "Alice Ember",
        bio: "Ink and watercolour, one sheet a day.", isCreator: true),
      Person(name: "bob", wallet: wallet("bob"), fullName: "Bob Tern"),
      Person(name: "carol", wallet: wallet("carol"), fullName: "Carol Vane"),
    ],
    talks: [
      Talk(between: ["bob", "alice"], lines: aliceAndBob),
      Talk(between: ["carol", "alice"], lines: aliceAndCarol),
      Talk(between: ["bob", "carol"], lines: bobAndCarol),
    ])

  /// The wallet of a person of the demo, the same in every world.
  package static func wallet(_ name: String) -> String {
    WalletAddress.encode(SHA256.digest(Array("fonana demo \(name)".utf8)))
  }

  private static let aliceAndBob: [Line] =
    chat([
      ("bob", "Hello Alice, I found your harbour series yesterday."),
      ("alice", "Hello Bob! Which sheet did you stop at?"),
      ("bob", "The crane at low tide. The rust looks wet."),
      ("alice", "That one took three tries. Salt in the wash, then a hair dryer."),
      ("bob", "Is the original still there?"),
      ("alice", "It hangs above my desk. I could let it go in spring."),
      ("bob", "Then I start saving now."),
      ("alice", "Deal. I will keep it out of the sun for you."),
      ("bob", "What paper do you use for the big ones?"),
      ("alice", "Cold pressed, 600 grams, so that it does not buckle."),
      ("bob", "Ah, that explains the flat edges."),
    ]) + [
      tip(from: "bob", to: "alice", amount: "0.25"),
      Line(from: "alice", draft: MessageDraft("Thank you, that buys a tube of cobalt!")),
      Line(from: "alice", draft: MessageDraft(nil, mediaURL: picture, mediaType: "image")),
      Line(from: "bob", draft: MessageDraft("Is that the new dock?")),
      Line(from: "alice", draft: MessageDraft("The new dock, from the water."), isRead: false),
      Line(
        from: "alice", draft: MessageDraft("The whole sheet, before anyone else.", price: 0.5),
        isRead: false),
    ]

  private static let aliceAndCarol = chat([
    ("carol", "Do you teach?"),
    ("alice", "Two evenings a month, on a barge."),
    ("carol", "On a barge? I am in."),
    ("alice", "Bring a board and something warm."),
    ("carol", "Which evenings?"),
    ("alice", "The first and the third Thursday."),
    ("carol", "See you on the third, then."),
    ("alice", "The lamp at the end of the pier will be on."),
  ])

  private static let bobAndCarol = chat([
    ("bob", "Alice says you are coming to the barge."),
    ("carol", "If the wind allows."),
    ("bob", "I can lend you a board."),
    ("carol", "Gladly. Mine is still drying."),
    ("bob", "Thursday at seven at the bridge?"),
    ("carol", "At seven."),
  ])

  private static let picture = "/messages/00000000000000000000000000000000.png"

  private static func chat(_ lines: [(String, String)]) -> [Line] {
    lines.map { Line(from: $0.0, draft: MessageDraft($0.1)) }
  }

  private static func tip(from sender: String, to creator: String, amount: String) -> Line {
    let metadata: WireJSON = [
      "type": "tip", "amount": .number(amount), "tipLevel": "small",
      "senderName": .string(sender), "creatorName": .string(creator),
    ]
    return Line(from: sender, draft: MessageDraft(nil, metadata: metadata))
  }
}
