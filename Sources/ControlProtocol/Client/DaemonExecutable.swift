package import FonanaCore
import Glibc

/// Where `fonanad` is: `FONANA_DAEMON`, beside this command, or in `PATH`.
package enum DaemonExecutable {
  package static func find(_ environment: [String: String]) throws(FonanaError) -> String {
    if let named = environment["FONANA_DAEMON"], !named.isEmpty {
      guard isExecutable(named) else {
        throw missing("FONANA_DAEMON names \(named), which can't be run.")
      }
      return named
    }
    let folders = [ownFolder].compactMap { $0 } + path(environment)
    guard let found = folders.map({ $0 + "/fonanad" }).first(where: isExecutable) else {
      throw missing("The daemon fonanad is neither beside this command nor in PATH.")
    }
    return found
  }

  private static func path(_ environment: [String: String]) -> [String] {
    (environment["PATH"] ?? "").split(separator: ":").map(String.init)
  }

  private static var ownFolder: String? {
    var buffer = [CChar](repeating: 0, count: 4096)
    guard readlink("/proc/self/exe", &buffer, buffer.count - 1) > 0 else { return nil }
    let path = buffer.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } } ?? ""
    return path.lastIndex(of: "/").map { String(path[..<$0]) }
  }

  private static func isExecutable(_ path: String) -> Bool { access(path, X_OK) == 0 }

  private static func missing(_ sentence: String) -> FonanaError {
    FonanaError(
      .daemonUnavailable, sentence,
      hint: "Install fonanad beside fonana, or set FONANA_DAEMON to its path.", retryable: false)
  }
}
