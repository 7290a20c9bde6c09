/// The answer of `dashboard.open`: where the diagnostics page is.
package struct DashboardAddress: Codable, Sendable, Hashable {
  /// It opens the page once.
  package var url: String
  /// On 127.0.0.1.
  package var port: Int
  /// How long it may be opened.
  package var validSeconds: Int

  package init(url: String, port: Int, validSeconds: Int) {
    self.url = url
    self.port = port
    self.validSeconds = validSeconds
  }
}
