import FonanaCore

/// Pop-ups with something to choose: `notify-send` waits until that was done, or the pop-up is gone.
extension NotifySend {
  /// The number that the service has given, once it has; nil when it did not within the limit.
  func showWithChoice(
    _ arguments: [String], _ title: String, in conversation: ConversationID
  ) async -> UInt32? {
    let (numbers, number) = AsyncStream<UInt32>.makeStream(bufferingPolicy: .bufferingOldest(1))
    let (program, environment, choose, waits) = (program, environment, onChoice, waits)
    let task = Task {
      await SystemProgram.lines(program, arguments, environment) { line in
        if let action = PopUpAction(rawValue: line) {
          let choice = PopUpChoice(action: action, conversation: conversation, title: title)
          // Not in this task: it ends with the pop-up.
          waits.keep(Task { await choose(choice) })
        } else if let shown = UInt32(line) {
          number.yield(shown)
        }
      }
      number.finish()
    }
    guard let shown = await Self.first(of: numbers) else {
      task.cancel()
      return nil
    }
    waits.add(conversation, task)
    return shown
  }

  private static func first(of numbers: AsyncStream<UInt32>) async -> UInt32? {
    await withTaskGroup(of: UInt32?.self) { group in
      group.addTask {
        var iterator = numbers.makeAsyncIterator()
        return await iterator.next()
      }
      group.addTask {
        try? await Task.sleep(for: limit)
        return nil
      }
      defer { group.cancelAll() }
      return await group.next() ?? nil
    }
  }
}
