/// What the server saw since its start.
package struct ServerCounters: Sendable, Equatable {
  /// A GET of messages that marked some of them read.
  package struct TickEvent: Sendable, Equatable {
    package let conversationID: String
    package let readerID: String
    package let count: Int
    /// The number of the request in the log.
    package let requestNumber: Int
  }

  /// By label, such as `GET /api/conversations/:id/messages`.
  package var requests: [String: Int] = [:]
  package var totalRequests = 0
  /// Requests for a token on any of its routes, answered or not.
  package var tokenRequests = 0
  /// Messages marked read by a GET of their conversation.
  package var ticks = 0
  /// The newest ones.
  package var tickEvents: [TickEvent] = []
  /// Connections to the WebSocket port, whatever became of them.
  package var socketConnections = 0
  /// Completed upgrades with a token in the query or in the header, good or bad.
  package var socketsWithToken = 0
  package var socketsWithoutToken = 0
  /// Sockets closed with 1008.
  package var socketsUnauthorized = 0
  /// Upgrades refused on demand.
  package var upgradesRefused = 0
  /// Sockets that were told `connected`.
  package var greetings = 0
  /// Authenticated sockets that are open now.
  package var openSockets = 0
  /// HTTP connections that are open now, those of the control interface among them.
  package var openConnections = 0
  /// Channels subscribed to, ever.
  package var subscriptions = 0
  /// Frames that came before `connected` and were dropped.
  package var framesLost = 0
  package var pushesSent = 0
  /// Events for users without a listening socket.
  package var pushesLost = 0
  package var faultsFired = 0
  /// Of what clients have sent: “header NAME”, “query NAME”, “body NAME”, “form NAME”, “frame NAME”.
  package var namesReceived: Set<String> = []
}
