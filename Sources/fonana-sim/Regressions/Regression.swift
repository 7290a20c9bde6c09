/// A schedule that has found a defect once. As a line: `seed=17 profile=P2 faults=crash,tie
/// minutes=5 sends=3 partners=20 edits=0 names=1 conditions=0
/// enclosures=0 holds=0`; all but the seed may be left out.
struct Regression: Sendable, Equatable {
  let seed: UInt64
  var profile: Profile = .p1
  var restriction = Restriction()

  init(seed: UInt64, profile: Profile = .p1, restriction: Restriction = Restriction()) {
    self.seed = seed
    self.profile = profile
    self.restriction = restriction
  }

  /// nil: no such line. What follows a `#` is for readers.
  init?(_ line: Substring) {
    var fields: [Substring: Substring] = [:]
    for word in line.prefix(while: { $0 != "#" }).split(separator: " ") {
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2 else { return nil }
      fields[parts[0]] = parts[1]
    }
    guard let seed = fields["seed"].flatMap({ UInt64($0) }) else { return nil }
    self.init(seed: seed)
    if let name = fields["profile"] {
      guard let profile = Profile(rawValue: String(name)) else { return nil }
      self.profile = profile
    }
    if let names = fields["faults"] {
      let kinds = names.split(separator: ",").map(FaultKind.init(name:))
      guard !kinds.contains(nil) else { return nil }
      restriction.faults = kinds.compactMap { $0 }
    }
    restriction.minutes = fields["minutes"].flatMap { Int($0) }
    restriction.sends = fields["sends"].flatMap { Int($0) }
    restriction.partnerMessages = fields["partners"].flatMap { Int($0) }
    restriction.edits = fields["edits"].flatMap { Int($0) }
    restriction.names = fields["names"].flatMap { Int($0) }
    restriction.conditions = fields["conditions"].flatMap { Int($0) }
    restriction.holds = fields["holds"].flatMap { Int($0) }
    restriction.enclosures = fields["enclosures"].flatMap { Int($0) }
  }

  var line: String {
    var words = ["seed=\(seed)"]
    if profile != .p1 { words.append("profile=\(profile.rawValue)") }
    if let faults = restriction.faults {
      words.append("faults=\(faults.map { "\($0)" }.joined(separator: ","))")
    }
    if let minutes = restriction.minutes { words.append("minutes=\(minutes)") }
    if let sends = restriction.sends { words.append("sends=\(sends)") }
    if let count = restriction.partnerMessages { words.append("partners=\(count)") }
    if let edits = restriction.edits { words.append("edits=\(edits)") }
    if let names = restriction.names { words.append("names=\(names)") }
    if let conditions = restriction.conditions { words.append("conditions=\(conditions)") }
    if let enclosures = restriction.enclosures { words.append("enclosures=\(enclosures)") }
    if let holds = restriction.holds { words.append("holds=\(holds)") }
    return words.joined(separator: " ")
  }
}
