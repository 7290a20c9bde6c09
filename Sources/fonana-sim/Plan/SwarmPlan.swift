import FonanaCore
import SyncEngine

/// What a seed makes of a schedule, before it begins.
struct SwarmPlan {
  let seed: UInt64
  let profile: Profile
  /// Of chaos.
  let minutes: Int
  /// As many faults and deeds as in so many minutes: a day has no more of them than an hour.
  let dense: Int
  let generation: ServerGeneration
  var mode: SyncMode
  let reconcile: EngineConfiguration.Reconcile
  var tokenLife: Duration
  let isPushing: Bool
  var startsLoggedIn: Bool
  let sends: Int
  let partnerMessages: Int
  /// None: not even after a send.
  let edits: Int
  let names: Int
  /// Of ten messages, so many are sent only as long as the other has not written.
  let conditions: Int
  /// Of ten messages, so many carry an image, a price or metadata.
  let enclosures: Int
  /// Of ten parked messages, so many are held; in most schedules none.
  let holds: Int
  /// A deliberate defect of the core.
  var mutant: EngineMutant?
  /// Of a client in a fleet: nobody does anything with it, but perhaps look.
  var fleet: FleetPart?
  private let rates: [Double]

  /// `isCalm`: no faults at all.
  init(
    seed: UInt64, profile: Profile, isCalm: Bool = false,
    restriction: Restriction = Restriction()
  ) {
    var chance = Chance(seed: seed)
    self.seed = seed
    self.profile = profile
    let drawn = chance.within(5...60)
    var patience = Chance(seed: Self.patience(of: seed))
    let isLong = patience.below(50) == 0
    minutes = restriction.minutes ?? (isLong ? patience.within(61...1440) : drawn)
    dense = restriction.minutes ?? drawn
    generation = chance.happens(0.3) ? .a : .b
    mode = chance.happens(0.2) ? .eager : .onRead
    reconcile = chance.happens(0.15) ? .neverRead : .pull
    tokenLife = chance.happens(0.5) ? .seconds(30 * 86_400) : .seconds(30 * 60)
    isPushing = chance.happens(0.5)
    startsLoggedIn = chance.happens(0.5)
    let (drawnSends, drawnMessages) = (chance.within(30...60), chance.within(200...300))
    sends = restriction.sends ?? drawnSends
    partnerMessages = restriction.partnerMessages ?? drawnMessages
    var pen = Chance(seed: Self.pen(of: seed))
    edits = restriction.edits ?? pen.within(5...40)
    names = restriction.names ?? PartnerName.allCases.count
    var caution = Chance(seed: Self.caution(of: seed))
    conditions = restriction.conditions ?? caution.within(0...4)
    var album = Chance(seed: Self.album(of: seed))
    enclosures = restriction.enclosures ?? album.within(0...3)
    var shelf = Chance(seed: Self.shelf(of: seed))
    let drawnHolds = shelf.happens(0.25) ? shelf.within(2...6) : 0
    holds = restriction.holds ?? drawnHolds
    let faults = isCalm ? [] : restriction.faults ?? FaultKind.allCases
    let drawnRates = Self.draw(&chance)
    rates = FaultKind.allCases.map { faults.contains($0) ? drawnRates[$0.rawValue] : 0 }
  }

  /// A draw of its own: without edits and with one name a seed does what it did before there were
  /// any.
  static func pen(of seed: UInt64) -> UInt64 { seed ^ 0x7065_6e }

  /// Another one, for the same reason: without conditions a seed does what it did before them.
  static func caution(of seed: UInt64) -> UInt64 { seed ^ 0x6361_7574 }

  /// And one for what messages carry.
  static func album(of seed: UInt64) -> UInt64 { seed ^ 0x616c_6275 }

  /// Whether all that is told and stored is searched for tokens: that takes its time, so one
  /// schedule in a hundred is.
  var isSearched: Bool { seed % 100 == 1 }

  /// And one for parked messages that are held.
  static func shelf(of seed: UInt64) -> UInt64 { seed ^ 0x7368_656c }

  /// And one for how long it lasts: one schedule in fifty takes up to a day.
  static func patience(of seed: UInt64) -> UInt64 { seed ^ 0x7061_7469 }

  var chaos: Duration { .seconds(60 * minutes) }
  /// That can strike.
  var kinds: [FaultKind] { FaultKind.allCases.filter { self[$0] > 0 } }

  /// Of a request, or of a moment of the fault's kind; spontaneous ones: events an hour, by 100.
  subscript(kind: FaultKind) -> Double { rates[kind.rawValue] }

  private static func draw(_ chance: inout Chance) -> [Double] {
    var rates = FaultKind.allCases.map { kind -> Double in
      chance.happens(0.5) ? Double(chance.within(5...150)) / 1000 * kind.weight : 0
    }
    let ofRequests = FaultKind.ofRequests.map(\.rawValue)
    let sum = ofRequests.map { rates[$0] }.reduce(0, +)
    if sum > 0.5 { for index in ofRequests { rates[index] *= 0.5 / sum } }
    return rates
  }

  var configuration: EngineConfiguration {
    EngineConfiguration(
      origin: SwarmPlan.origin, mode: mode, reconcile: reconcile, mutant: mutant)
  }

  static let origin = "https://fonana.example"
}
