import Synchronization

/// The faults that wait for their requests; each request takes the first that fits.
final class ProxyRules: Sendable {
  private struct Rule {
    let route: String
    let fault: ProxyFault
    var count: Int
  }

  private let rules = Mutex<[Rule]>([])

  /// - Parameter route: the beginning of a request line, such as `POST /api/conversations/`.
  func add(_ route: String, _ fault: ProxyFault, count: Int) {
    rules.withLock { $0.append(Rule(route: route, fault: fault, count: count)) }
  }

  func removeAll() { rules.withLock { $0 = [] } }

  func take(for route: String) -> ProxyFault? {
    rules.withLock { rules in
      guard let index = rules.firstIndex(where: { route.hasPrefix($0.route) }) else { return nil }
      rules[index].count -= 1
      let fault = rules[index].fault
      if rules[index].count <= 0 { rules.remove(at: index) }
      return fault
    }
  }
}
