import GRDB

/// A write that waits for its commit.
struct Job: Sendable {
  /// Does the work and returns what to do once it is durable.
  let attempt: @Sendable (Database) throws -> @Sendable () -> Void
  let fail: @Sendable (any Error) -> Void
}

/// One transaction for several jobs.
struct GroupCommit {
  private let db: Database

  init(_ db: Database) { self.db = db }

  /// Returns the answers to give. Throws when nothing was committed; nobody is answered then.
  func perform(_ group: [Job]) throws -> [@Sendable () -> Void] {
    do {
      try db.beginTransaction(.immediate)
      let answers = try group.map(answer)
      try db.commit()
      return answers
    } catch {
      if db.isInsideTransaction { try? db.rollback() }
      throw error
    }
  }

  private func answer(to job: Job) throws -> @Sendable () -> Void {
    do {
      var answer: (@Sendable () -> Void)?
      try db.inSavepoint {
        answer = try job.attempt(db)
        return .commit
      }
      return answer ?? {}
    } catch {
      guard db.isInsideTransaction else { throw error }
      return { job.fail(error) }
    }
  }
}
