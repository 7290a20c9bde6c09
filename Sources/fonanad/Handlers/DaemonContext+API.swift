import FonanaAPI
import FonanaCore

extension DaemonContext {
  /// Reads a server's address as the configuration's would be read.
  func api(for server: String) throws(FonanaError) -> APIConfiguration {
    do {
      return try APIConfiguration(
        server: server, outboxFolder: "", version: BuildInfo.version, environment: [:])
    } catch {
      throw FonanaError(.invalidInput, error.message, hint: error.hint)
    }
  }
}
