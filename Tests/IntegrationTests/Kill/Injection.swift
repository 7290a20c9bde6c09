/// One thing that strace does to the calls of one kind.
struct Injection: Sendable, Hashable, CustomStringConvertible {
  enum Effect: String, Sendable {
    /// As the call begins: it is not carried out.
    case kill = "signal=SIGKILL"
    case terminate = "signal=SIGTERM"
    case interrupt = "signal=SIGINT"
    case diskFull = "error=ENOSPC"
    case inputOutputError = "error=EIO"
    case noDescriptor = "error=EMFILE"
    case noMemory = "error=ENOMEM"
  }

  let call: String
  let effect: Effect
  /// The first call, from 1, that it strikes.
  let number: Int
  /// The last one; nil: no other. `forever` strikes all later ones.
  var through: Int?

  static let forever = 65_535

  var argument: String { "inject=\(call):\(effect.rawValue):when=\(number)\(end)" }
  var description: String { "\(effect) at \(call) \(number)\(end)" }
  var isLasting: Bool { through == Self.forever }

  private var end: String {
    guard let through else { return "" }
    return isLasting ? "+" : "..\(through)"
  }
}
