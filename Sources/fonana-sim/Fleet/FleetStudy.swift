import FonanaCore
import SyncEngine

/// Many clients of one platform, each with the engine's own polling and backoff, and none knowing of
/// another.
struct FleetStudy: Sendable {
  static let returnTime = 60

  let clients: Int
  let isWatched: Bool
  let outage: Duration

  func run() async -> FleetTally {
    var tally = FleetTally()
    let campaign = Campaign(first: 1, count: clients, timeBox: nil, schedule: self.client)
    await campaign.run { tally.add($0) }
    return tally
  }

  /// They have been started at any moment of ten minutes.
  @Sendable private func client(_ seed: UInt64) -> FleetTally {
    var chance = Chance(seed: seed ^ 0x666c_6565)
    let begin = Duration.seconds(7200) + chance.milliseconds(0...600_000)
    let part = FleetPart(isWatched: isWatched, outage: begin..<begin + outage)
    let minutes = Int((begin + outage).components.seconds) / 60 + 5
    var plan = SwarmPlan(
      seed: seed, profile: .p1, isCalm: true,
      restriction: Restriction(
        minutes: minutes, sends: 0, partnerMessages: isWatched ? minutes / 2 : 0))
    (plan.fleet, plan.mode, plan.startsLoggedIn) = (part, .onRead, true)
    plan.tokenLife = .seconds(30 * 86_400)
    let simulation = Simulation(plan: plan)
    var tally = FleetTally(clients: 1)
    simulation.onAsk = { instant in tally.count(instant, part.outage) }
    tally.violations = simulation.run().violation == nil ? 0 : 1
    return tally
  }
}
