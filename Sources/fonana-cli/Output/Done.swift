/// A sentence about what was done; an object of facts in JSON.
struct Done<Facts: Encodable>: Renderable {
  let sentence: String
  let facts: Facts

  init(_ sentence: String, _ facts: Facts) { (self.sentence, self.facts) = (sentence, facts) }

  func encode(to encoder: any Encoder) throws { try facts.encode(to: encoder) }
  func text(_ style: TextStyle) -> String { sentence }
}
