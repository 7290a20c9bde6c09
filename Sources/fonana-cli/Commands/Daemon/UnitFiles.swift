import ControlProtocol
import FonanaCore
import Glibc

/// The units for those who have installed no package: written on request, and removed again.
struct UnitFiles {
  private static let mark =
    "# Written by “fonana daemon enable”; “fonana daemon disable” removes it.\n"
  private let folder: String

  init(_ environment: [String: String]) {
    let home = environment["HOME"] ?? ""
    let configuration = environment["XDG_CONFIG_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
    folder = (configuration ?? home + "/.config") + "/systemd/user"
  }

  /// What stands there already and is not ours is not touched: systemd would have known it.
  func write(for daemon: String) throws(FonanaError) {
    try makeFolder()
    let command = daemon.contains(" ") ? "\"\(daemon)\"" : daemon
    let texts = [
      SystemdUnit.service: Self.service(command), SystemdUnit.socket: Self.socket,
    ]
    for (name, text) in texts {
      let file = try PartialFile(beside: "\(folder)/\(name)")
      try file.write(Self.mark + text)
      _ = try file.finish(fileExtension: nil, replacing: true)
    }
  }

  func remove() {
    for name in [SystemdUnit.service, SystemdUnit.socket] where isOurs("\(folder)/\(name)") {
      unlink("\(folder)/\(name)")
    }
  }

  private func isOurs(_ path: String) -> Bool {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var start = [UInt8](repeating: 0, count: Self.mark.utf8.count)
    return read(descriptor, &start, start.count) == start.count && start == Array(Self.mark.utf8)
  }

  private func makeFolder() throws(FonanaError) {
    var path = ""
    for part in folder.split(separator: "/") {
      path += "/\(part)"
      guard mkdir(path, 0o755) == 0 || errno == EEXIST else {
        throw FonanaError(
          .storeUnwritable, "The folder \(path) can't be made: \(SystemError.text(errno)).",
          hint: "Check the rights there.")
      }
    }
  }

  /// contrib/systemd/fonanad.service, for a daemon at another place.
  static func service(_ command: String) -> String {
    """
    [Unit]
    Description=Messages of Fonana
    Documentation=man:fonanad(8) man:fonana(1)

    [Service]
    Type=notify
    NotifyAccess=main
    ExecStart=\(command)
    Restart=on-failure
    RestartSec=2
    # A wrong configuration does not get better by itself.
    RestartPreventExitStatus=64 78
    WatchdogSec=60
    # A large store is checked after a crash.
    TimeoutStartSec=300
    TimeoutStopSec=10

    # As far as notify-send and programs of yours still work; fonanad.service.d/strict.conf is for
    # those who need neither.
    NoNewPrivileges=yes
    RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK
    LockPersonality=yes
    RestrictRealtime=yes
    RestrictSUIDSGID=yes
    SystemCallArchitectures=native
    UMask=0077
    LimitCORE=0

    [Install]
    WantedBy=default.target
    Also=fonanad.socket

    """
  }

  /// contrib/systemd/fonanad.socket.
  static let socket = """
    [Unit]
    Description=Socket for commands of Fonana
    Documentation=man:fonanad(8)

    [Socket]
    ListenStream=%t/fonana/default/fonanad.sock
    SocketMode=0600
    DirectoryMode=0700
    RemoveOnStop=yes

    [Install]
    WantedBy=sockets.target

    """
}
