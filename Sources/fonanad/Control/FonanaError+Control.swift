import FonanaCore

extension FonanaError {
  static let daemonStops = FonanaError(
    .daemonUnavailable, "The daemon stops.", hint: "It starts again with the next command.")
}
