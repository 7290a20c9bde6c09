import FonanaAPI
import FonanaCore

/// A route that changes nothing, asked with the token.
struct RouteCheck: DoctorCheck {
  static let conversations = RouteCheck(
    link: .conversationsRoute, title: "Conversations", member: "conversations"
  ) { _ in .listConversations }
  static let notifications = RouteCheck(
    link: .notificationsRoute, title: "Notifications", member: "notifications"
  ) { _ in .listNotifications(limit: 1) }
  static let user = RouteCheck(link: .userRoute, title: "User", member: "user") { facts in
    .lookUpUser(.id(facts.user))
  }

  let link: DoctorLink
  let title: String
  let needs = [DoctorLink.verify]
  /// What the answer must hold.
  let member: String
  let request: @Sendable (DoctorFacts) -> ServerRequest

  func run(_ bench: DoctorBench, _ facts: inout DoctorFacts) async -> DoctorFinding {
    guard let probe = bench.probe, let token = facts.token else { return .skip("no token") }
    let answer = await probe.exchange(request(facts), wallet: facts.wallet, token: token)
    if answer.isSuccess, answer.isLong || answer.members?.contains(member) == true {
      return .ok(answer.sight, tried: answer.label)
    }
    return .fail(answer.sight, tried: answer.label, hint: Self.hint(answer))
  }

  private static func hint(_ answer: ProbeAnswer) -> String {
    switch answer.status {
    case 401?, 403?:
      "This route refuses a token that the server takes elsewhere: its parts have different "
        + "secrets. Tell whoever runs it; logging in again does not help."
    case 200?: "The answer is not the route's: a proxy on the way may have answered."
    case 429?: "Too many requests: wait some minutes."
    default: "It is tried again by itself. If it stays so, tell whoever runs the server."
    }
  }
}

/// A route that can't be tried without a trace for others.
struct UntriedRoute: DoctorCheck {
  static let messages = UntriedRoute(
    link: .messagesRoute, title: "Messages", why: "would mark read")
  static let send = UntriedRoute(link: .sendRoute, title: "Sending", why: "would send")
  static let upload = UntriedRoute(link: .uploadRoute, title: "Images", why: "would store a file")

  let link: DoctorLink
  let title: String
  let needs = [DoctorLink.verify]
  let why: String

  func run(_ bench: DoctorBench, _ facts: inout DoctorFacts) async -> DoctorFinding { .skip(why) }
}
