import ControlProtocol
import Glibc

/// The desktop that the command was started on, if any.
struct Desktop {
  private let environment: [String: String]

  init(_ environment: [String: String]) { self.environment = environment }

  /// Hands an address to the browser and does not wait for it. False: there is no desktop.
  func open(_ address: String) -> Bool {
    let hasScreen = ["DISPLAY", "WAYLAND_DISPLAY"].contains { environment[$0]?.isEmpty == false }
    guard hasScreen, let opener = find("xdg-open") else { return false }
    let child = try? ChildProcess(
      opener, [address], environment: environment, isDetached: true, input: .discard,
      output: .discard, error: .discard)
    return child != nil
  }

  private func find(_ name: String) -> String? {
    (environment["PATH"] ?? "").split(separator: ":").map { "\($0)/\(name)" }
      .first { access($0, X_OK) == 0 }
  }
}
