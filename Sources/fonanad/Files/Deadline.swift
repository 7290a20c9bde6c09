/// What `work` gives, or `late` when it takes longer than `limit`: then it is cancelled, and has
/// ended when this returns.
func within<Value: Sendable>(
  _ limit: Duration, orElse late: Value, _ work: @escaping @Sendable () async -> Value
) async -> Value {
  await withTaskGroup(of: Value.self) { group in
    group.addTask { await work() }
    group.addTask {
      try? await Task.sleep(for: limit)
      return late
    }
    let first = await group.next() ?? late
    group.cancelAll()
    return first
  }
}
