extension World {
  /// Between two messages of a seed without dates, in milliseconds.
  private static let step: Int64 = 7 * 60_000

  /// Puts the seed into the world. People whose nickname exists are taken as they are, so a seed
  /// may be planted again into a world that was kept.
  package func plant(_ seed: Seed) throws {
    for person in seed.people where user(nickname: person.name) == nil {
      add(person)
    }
    for talk in seed.talks { try plant(talk) }
  }

  private func add(_ person: Seed.Person) {
    var user = makeUser(
      wallet: person.wallet, nickname: person.name, isCreator: person.isCreator)
    user.fullName = person.fullName
    user.bio = person.bio
    updateUser(user)
  }

  private func plant(_ talk: Seed.Talk) throws {
    var ids: [String: String] = [:]
    for name in talk.between + talk.lines.map(\.from) {
      guard let user = user(nickname: name) else { throw SeedError.unknownPerson(name) }
      ids[name] = user.id
    }
    guard let first = ids[talk.between[0]], let second = ids[talk.between[1]],
      conversationID(of: first, and: second) == nil
    else { return }
    let now = read { $0.now() }
    let times = talk.lines.enumerated().map { index, line in
      line.at ?? now - Int64(talk.lines.count - index) * Self.step
    }
    let conversationID = makeConversation(first, second, at: times.first)
    for (line, at) in zip(talk.lines, times) {
      plant(line, from: ids[line.from] ?? first, in: conversationID, at: at)
    }
  }

  /// A message that has been read has no notification any more.
  private func plant(_ line: Seed.Line, from senderID: String, in id: String, at: Int64) {
    if line.isRead {
      fill(id, count: 1) { _ in (senderID, line.draft, at) }
    } else {
      send(from: senderID, in: id, line.draft, at: at, push: false)
    }
  }
}
