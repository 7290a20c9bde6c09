import FonanaCore
import Glibc

/// Can a new message pop up on the desktop?
struct DesktopCheck: DoctorCheck {
  let link = DoctorLink.desktop
  let title = "Desktop notifications"
  let needs = [DoctorLink.configuration]
  let isOnline = false

  func run(_ bench: DoctorBench, _ facts: inout DoctorFacts) async -> DoctorFinding {
    guard bench.configuration?.notifications.isEnabled == true else {
      return .skip("switched off (notifications.enabled)")
    }
    guard SystemProgram.find("notify-send", bench.environment) != nil else {
      return .warn(
        "notify-send is not installed", tried: "notify-send",
        hint: "Install “libnotify-bin”, or type “fonana config set notifications.enabled false”.")
    }
    guard Self.hasBus(bench.environment) else {
      return .warn(
        "there is no D-Bus session, so nobody can show them", tried: "DBUS_SESSION_BUS_ADDRESS",
        hint: "Start the daemon from the desktop's session, or switch notifications off.")
    }
    return await service(bench.environment)
  }

  private func service(_ environment: [String: String]) async -> DoctorFinding {
    let name = "org.freedesktop.Notifications"
    let tools: [(String, [String])] = [
      ("busctl", ["--user", "status", name]),
      (
        "gdbus",
        [
          "call", "--session", "--dest", name, "--object-path", "/org/freedesktop/Notifications",
          "--method", name + ".GetServerInformation",
        ]
      ),
    ]
    for (program, arguments) in tools where SystemProgram.find(program, environment) != nil {
      let isThere = await SystemProgram.run(program, arguments, environment)?.isSuccess == true
      if isThere { return .ok("notify-send, and \(name) answers", tried: program) }
      return .warn(
        "notify-send is there, but nobody has the name \(name)", tried: program,
        hint: "The desktop shows no notifications: start its notification service.")
    }
    return .ok("notify-send and a D-Bus session are there", tried: "notify-send")
  }

  private static func hasBus(_ environment: [String: String]) -> Bool {
    if environment["DBUS_SESSION_BUS_ADDRESS"]?.isEmpty == false { return true }
    return environment["XDG_RUNTIME_DIR"].map { access($0 + "/bus", F_OK) == 0 } ?? false
  }
}
