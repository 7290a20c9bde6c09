/// A broken invariant (docs/reliability.md, “The simulator”).
struct Violation: Sendable {
  var invariant: Int
  var text: String
}
