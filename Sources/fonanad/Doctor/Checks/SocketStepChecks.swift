import FonanaAPI
import FonanaCore

/// Did the server greet us, as the right user?
struct GreetingCheck: DoctorCheck {
  let link = DoctorLink.connected
  let title = "WebSocket greeting"
  let needs = [DoctorLink.socket]

  func run(_ bench: DoctorBench, _ facts: inout DoctorFacts) async -> DoctorFinding {
    guard let sight = facts.socket else { return .skip("no WebSocket") }
    let tried = "waited for “connected”"
    guard sight.reached >= .greeted else {
      return .fail(
        sight.words, tried: tried,
        hint: "The WebSocket server opens the connection and says nothing: its database may be "
          + "down. Messages are found by polling meanwhile.")
    }
    guard let user = sight.userID, user != facts.user else {
      return .ok("“connected”", tried: tried)
    }
    return .fail(
      "it greets user \(user), not \(facts.user)", tried: tried,
      hint: "Type “fonana logout” and “fonana login”.")
  }
}

/// Can the notifications be subscribed to?
struct SubscriptionCheck: DoctorCheck {
  let link = DoctorLink.subscription
  let title = "Subscription"
  let needs = [DoctorLink.connected]

  func run(_ bench: DoctorBench, _ facts: inout DoctorFacts) async -> DoctorFinding {
    guard let sight = facts.socket else { return .skip("no WebSocket") }
    let tried = "subscribe to notifications"
    if sight.reached >= .subscribed { return .ok("“subscribed”", tried: tried) }
    return .fail(
      sight.words, tried: tried,
      hint: "The server does not take the subscription: messages are found by polling.")
  }
}

/// Does a ping come back?
struct PingCheck: DoctorCheck {
  let link = DoctorLink.ping
  let title = "Ping"
  let needs = [DoctorLink.subscription]

  func run(_ bench: DoctorBench, _ facts: inout DoctorFacts) async -> DoctorFinding {
    guard let sight = facts.socket else { return .skip("no WebSocket") }
    guard sight.reached >= .answered, let time = sight.roundTrip else {
      return .fail(
        "no pong: \(sight.words)", tried: "ping",
        hint: "Something on the way swallows pings: the connection will be opened anew often.")
    }
    return .ok("pong after \(time.wholeMilliseconds) ms", tried: "ping")
  }
}
