/// What the page's buttons do.
enum DashboardAct: String, CaseIterable, Sendable {
  case wallet, api, flow, reconnect, forget

  /// The doctor's links that it tries, in the doctor's order; nil: it is no test.
  var links: Set<DoctorLink>? {
    switch self {
    case .wallet: [.configuration, .files, .store, .account, .claims]
    case .api:
      [
        .configuration, .files, .account, .proxy, .dns, .tcp, .tls, .http, .clock, .version, .token,
        .claims, .verify,
      ]
    case .flow: Set(DoctorLink.allCases).subtracting([.desktop, .hooks, .systemd, .daemon])
    case .reconnect, .forget: nil
    }
  }
}
