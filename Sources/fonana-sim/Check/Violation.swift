/// A broken invariant (docs/reliability.md, 1.10).
struct Violation: Sendable {
  var invariant: Int
  var text: String
}
