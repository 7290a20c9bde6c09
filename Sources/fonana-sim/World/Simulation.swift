import FonanaCore
import SyncEngine

/// One schedule: a world in which nothing happens but by its seed.
final class Simulation {
  let plan: SwarmPlan
  let mutation: Mutation?
  var clock = SimClock()
  var queue = EventQueue()
  var server: ModelServer
  /// What is durable, by the model.
  var store = MemoryStore()
  /// A real store beside it.
  let twin: (any StoreTwin)?
  /// With an unsynced store: what a crash leaves of it.
  var synced: MemoryStore?
  var credentials: StoredCredentials?
  var process = SimProcess()
  var people = People()
  var checker = Checker()
  var trace: Trace
  var tally = FaultTally()
  var edges = Edges()
  var deeds = DeedTally()

  /// Of the network, of faults that come by themselves, of people, of a slow disk, of people's
  /// edits and names, of what they send only under a condition, of what messages carry, and of
  /// parked messages that are held.
  var network: Chance
  var fate: Chance
  var whim: Chance
  var disk: Chance
  var pen: Chance
  var caution: Chance
  var album: Chance
  var shelf: Chance

  /// Hears what `fonanad --record` would write.
  var onRecord: ((EngineRecord) -> Void)?
  /// Hears of each request and each upgrade.
  var onAsk: ((Duration) -> Void)?

  var isHealed = false
  var isPartitioned = false
  var isOut = false
  /// A captive portal answers every request.
  var isCaptive = false
  /// How often a flapping network still changes.
  var flapsLeft = 0
  var isDiskFull = false
  var longestRetryAfter = Duration.zero
  var isOver = false
  /// What a sleeping client will see when it wakes.
  private var missed: [SimEvent] = []
  private var lastWish = 0

  init(
    plan: SwarmPlan, mutation: Mutation? = nil, keepsTrace: Bool = false,
    store kind: StoreKind = .memory
  ) {
    self.plan = plan
    self.mutation = mutation
    server = ModelServer(plan: plan)
    trace = Trace(isKept: keepsTrace)
    network = Chance(seed: plan.seed ^ 0x6e65_7477)
    fate = Chance(seed: plan.seed ^ 0x6661_7465)
    whim = Chance(seed: plan.seed ^ 0x7768_696d)
    disk = Chance(seed: plan.seed ^ 0x6469_736b)
    pen = Chance(seed: SwarmPlan.pen(of: plan.seed) &+ 1)
    caution = Chance(seed: SwarmPlan.caution(of: plan.seed) &+ 1)
    album = Chance(seed: SwarmPlan.album(of: plan.seed) &+ 1)
    shelf = Chance(seed: SwarmPlan.shelf(of: plan.seed) &+ 1)
    do {
      twin = try kind.twin()
    } catch {
      twin = nil
      checker.fail(14, error.message)
    }
  }

  func run() -> Verdict {
    furnish()
    while !isOver, checker.violation == nil, let (instant, event) = queue.next() {
      clock.advance(to: instant)
      happen(event)
    }
    tally.count(.skew, times: server.skewed)
    return Verdict(
      seed: plan.seed, violation: checker.violation, simulated: clock.now, faults: tally,
      edges: edges, deeds: deeds, hash: trace.hash)
  }

  func after(_ delay: Duration, _ event: SimEvent) { queue.add(event, at: clock.now + delay) }

  func note(_ text: String) { trace.note(clock.now, { text }, mark: { $0.mix(text) }) }

  func note(_ text: @autoclosure () -> String, mark: (inout TraceHash) -> Void) {
    trace.note(clock.now, text, mark: mark)
  }

  func wake() {
    guard let since = clock.asleepSince else { return }
    clock.wake()
    noteSleeper(since: since)
    checker.forgiveSockets()
    for event in missed { after(.zero, event) }
    missed = []
  }

  /// A tick compares the clocks: one before the sleep, one after it.
  private func noteSleeper(since: Duration) {
    let isNoticeable = clock.now - since > .seconds(60) && process.hasTicked
    checker.sleeper = nil
    guard isNoticeable, let serial = process.socket?.serial else { return }
    checker.sleeper = (serial, clock.now)
  }

  func nextWish() -> WishID {
    lastWish += 1
    return WishID(number: lastWish)
  }

  /// What the sleeping machine would see has to wait for its waking.
  private func happen(_ event: SimEvent) {
    if clock.asleepSince != nil, event.isOfClient { return missed.append(event) }
    switch event {
    case .boot(let epoch): boot(epoch)
    case .deliver(let event, let epoch):
      guard epoch == process.epoch else { return }
      feed(event)
    case .timer(let timer, let epoch, let due): timerDue(timer, epoch, due)
    case .commit(let epoch): commit(epoch)
    case .arrive(let call): arrive(call)
    case .socket(let event): happen(event)
    case .person(let act): perform(act)
    case .partner(let act): perform(act)
    case .fault(let kind): strike(kind)
    case .platform(let isOut): platform(isOut: isOut)
    case .faultOver(let kind): relieve(kind)
    case .heal: heal()
    case .judge: judge()
    }
  }
}

extension SimEvent {
  var isOfClient: Bool {
    switch self {
    case .boot, .deliver, .timer, .commit, .person: true
    case .arrive, .socket, .partner, .fault, .faultOver, .platform, .heal, .judge: false
    }
  }
}

/// What became of a schedule.
struct Verdict: Sendable {
  var seed: UInt64
  var violation: Violation?
  var simulated: Duration
  var faults: FaultTally
  var edges: Edges
  var deeds: DeedTally
  var hash: UInt64
}
