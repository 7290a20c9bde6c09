import Testing

@testable import FonanaServer

@Suite(.timeLimit(.minutes(1)))
struct ObservedTests {
  @Test func aWaitEndsWithTheChangeItWaitsFor() async throws {
    let value = Observed(0)
    async let waiting: Void = value.wait { $0 == 2 }
    value.update { $0 = 1 }
    value.update { $0 = 2 }
    try await waiting
  }

  @Test func aCancelledWaitThrows() async {
    let value = Observed(0)
    await withTaskGroup(of: Bool.self) { group in
      group.addTask {
        do {
          try await value.wait { $0 == 1 }
          return false
        } catch {
          return error is CancellationError
        }
      }
      group.cancelAll()
      #expect(await group.next() == true)
    }
  }
}
