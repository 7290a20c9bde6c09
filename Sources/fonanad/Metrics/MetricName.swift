/// What the daemon counts and measures: docs/metrics.md lists the same.
enum MetricName: String, CaseIterable, Sendable {
  case connectionAttempts = "fonana_connection_attempts_total"
  case connectionsLost = "fonana_connections_lost_total"
  case reconnects = "fonana_reconnects_total"
  case connectedSeconds = "fonana_connected_seconds_total"
  case connected = "fonana_connected"
  case openSockets = "fonana_open_sockets"
  case tokenRefreshes = "fonana_token_refreshes_total"
  case tokenRemaining = "fonana_token_remaining_seconds"
  case requests = "fonana_requests_total"
  case requestDuration = "fonana_request_duration_seconds"
  case pushToDisk = "fonana_push_to_disk_seconds"
  case sendRoundTrip = "fonana_send_round_trip_seconds"
  case outboxMessages = "fonana_outbox_messages"
  case outboxOldest = "fonana_outbox_oldest_seconds"
  case mirrorLag = "fonana_mirror_lag_seconds"
  case mirrorMessages = "fonana_mirror_messages"
  case mirrorGaps = "fonana_mirror_gaps"
  case storeBytes = "fonana_store_bytes"
  case residentMemory = "fonana_resident_memory_bytes"
  case anonymousMemory = "fonana_anonymous_memory_bytes"
  case cpuSeconds = "fonana_cpu_seconds_total"
  case startTime = "fonana_start_time_seconds"
  case restarts = "fonana_restarts_total"
  case lastExit = "fonana_last_exit"
  case clients = "fonana_clients"
  case droppedSubscribers = "fonana_dropped_subscribers_total"
  case buildInfo = "fonana_build_info"

  enum Kind: String, Sendable { case counter, gauge, histogram }

  var kind: Kind {
    switch self {
    case .requestDuration, .pushToDisk, .sendRoundTrip: .histogram
    case _ where rawValue.hasSuffix("_total"): .counter
    default: .gauge
    }
  }

  var help: String {
    switch self {
    case .connectionAttempts: "Attempts to open the WebSocket, by how they ended and why."
    case .connectionsLost: "WebSockets that ended after the server's greeting, not by us."
    case .reconnects: "WebSockets that stood again after an earlier one."
    case .connectedSeconds: "Time with a WebSocket that the server has greeted."
    case .connected: "1 while the server's greeting stands."
    case .openSockets: "WebSockets that are open now."
    case .tokenRefreshes: "Requests for a token, by cause and outcome."
    case .tokenRemaining: "How long the token is still valid."
    case .requests: "Requests to the server, by route and class of outcome."
    case .requestDuration: "From a request to its answer or failure."
    case .pushToDisk: "From the frame that tells of a message to the commit that holds it."
    case .sendRoundTrip: "From the request of a send to the server's confirmation."
    case .outboxMessages: "Messages that wait in the outbox, by state."
    case .outboxOldest: "Age of the oldest message in each state of the outbox."
    case .mirrorLag: "How long ago the mirror was complete but for its gaps."
    case .mirrorMessages: "Messages in the mirror."
    case .mirrorGaps: "Stretches that have not been fetched."
    case .storeBytes: "Size of the database."
    case .residentMemory: "Memory in use."
    case .anonymousMemory: "Memory in use that no file backs."
    case .cpuSeconds: "Processor time used."
    case .startTime: "When the daemon started, in seconds since 1970."
    case .restarts: "Starts of this profile's daemon after the first."
    case .lastExit: "How the daemon before this one ended."
    case .clients: "Clients on the Unix socket."
    case .droppedSubscribers: "Subscribers that did not keep up and were dropped."
    case .buildInfo: "Version and commit."
    }
  }
}
