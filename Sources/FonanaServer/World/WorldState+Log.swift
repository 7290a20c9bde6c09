extension WorldState {
  private static let maximumLog = 20_000

  /// Counts a request and puts it into the log.
  mutating func admit(_ request: APIRequest, _ route: Route) -> RequestRecord {
    counters.totalRequests += 1
    counters.requests[route.label, default: 0] += 1
    if route.isTokenRequest { counters.tokenRequests += 1 }
    counters.namesReceived.formUnion(ReceivedNames.of(request))
    let record = RequestRecord(
      number: counters.totalRequests, at: now(), method: request.method, path: request.target,
      label: route.label, hasBearer: request.hasBearer, wallet: request.wallet,
      conversationID: route.conversationID, status: 0)
    requestLog.append(record)
    if requestLog.count > Self.maximumLog { requestLog.removeFirst(Self.maximumLog / 2) }
    return record
  }

  /// Writes the status of an answer into the log.
  mutating func settle(_ number: Int, status: Int) {
    guard let last = requestLog.last else { return }
    let index = requestLog.count - 1 - (last.number - number)
    guard requestLog.indices.contains(index), requestLog[index].number == number else { return }
    requestLog[index].status = status
  }
}
