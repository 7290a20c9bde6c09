/// `fonana doctor --exchange`: both ways.
struct ExchangeReport: Codable {
  let ok: Bool
  let legs: [ExchangeLeg]

  init(legs: [ExchangeLeg]) {
    ok = legs.allSatisfy { $0.problem == nil }
    self.legs = legs
  }
}
