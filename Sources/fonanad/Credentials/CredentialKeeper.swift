import ControlProtocol
import FonanaCore
import SyncEngine
import Synchronization

/// Keeps the token where the settings want it: in `credentials.json`, or in the Secret Service.
/// All but the token stands in the file in either case. When the service does not answer, the file
/// takes the token too, and `keeping` says so.
final class CredentialKeeper: CredentialPort {
  /// Where the newest token is, and why not where it should be, or why the file can't be used.
  struct Keeping: Sendable, Equatable {
    var place: TokenStatus.Place?
    var problem: String?
    var isInMemoryOnly = false
  }

  private struct State {
    var keeping = Keeping()
    /// Why the file can't be used.
    var fileProblem: String?
    /// Why the newest is held in memory only.
    var unsaved: String?
    /// As the service has it; it is asked once.
    var known: Redacted<String>?
    var restsUntil: Duration?
  }

  /// After a silence nobody waits for the service again.
  private static let rest = Duration.seconds(60)

  private let file: CredentialFile
  private let service: SecretService
  private let wantsService: Bool
  private let state = Mutex(State())

  init(_ paths: ProfilePaths, wantsService: Bool, _ environment: [String: String]) {
    file = CredentialFile(path: paths.credentials)
    service = SecretService(paths, environment)
    self.wantsService = wantsService
  }

  convenience init(_ launch: DaemonLaunch) {
    self.init(
      launch.paths, wantsService: launch.configuration.wantsSecretService, launch.environment)
  }

  var keeping: Keeping {
    state.withLock {
      Keeping(
        place: $0.keeping.place, problem: $0.fileProblem ?? $0.unsaved ?? $0.keeping.problem,
        isInMemoryOnly: $0.unsaved != nil)
    }
  }

  func load() async throws(FonanaError) -> StoredCredentials? {
    guard let record = try read() else {
      note(nil)
      return nil
    }
    guard record.needsSecretService else {
      note(record.token == nil ? nil : .file)
      return record.credentials
    }
    var credentials = record.credentials
    let known = state.withLock { $0.known }
    if let known {
      credentials.token = known
    } else {
      // One that the service has lost is as far away as one that it does not tell.
      let answer = await ask { [service] () async throws(SecretService.Silence) in
        try await service.token(of: record.origin)
      }
      credentials.token = answer ?? nil
      credentials.isTokenOutOfReach = credentials.token == nil
    }
    state.withLock { $0.known = credentials.token }
    note(.secretService)
    return credentials
  }

  func save(_ credentials: StoredCredentials) async throws(FonanaError) {
    let before = try? file.read()
    var record = CredentialRecord(credentials)
    record.isInSecretService = before?.isInSecretService
    if let token = credentials.token, wantsService, await put(token, of: credentials.origin) {
      (record.token, record.isInSecretService) = (nil, true)
    } else if record.isInSecretService == true, await clear() {
      record.isInSecretService = nil
    }
    try await write(record)
    state.withLock { state in
      state.known = record.needsSecretService ? credentials.token : nil
      (state.fileProblem, state.unsaved) = (nil, nil)
    }
    note(record.needsSecretService ? .secretService : record.token == nil ? nil : .file)
  }

  /// A token that was given up has to go, also where nothing can be written any more.
  private func write(_ record: CredentialRecord) async throws(FonanaError) {
    do throws(FonanaError) {
      try file.write(record)
    } catch {
      guard record.token == nil, record.isInSecretService != true,
        (try? await file.erase()) != nil
      else {
        state.withLock {
          $0.unsaved = "it could not be kept, and serves until the daemon ends: \(error.message)"
        }
        throw error
      }
    }
  }

  func erase() async throws(FonanaError) {
    if let record = try? file.read(), record.isInSecretService == true { _ = await clear() }
    try await file.erase()
    state.withLock { ($0.known, $0.unsaved) = (nil, nil) }
    note(nil)
  }

  /// Moves the token to where the settings want it by now, and takes a forgotten one out of the
  /// service.
  func settle() async {
    guard let record = try? file.read() else { return }
    let isMisplaced = record.token != nil && wantsService
    let isLeft = record.isInSecretService == true && !(wantsService && record.needsSecretService)
    guard isMisplaced || isLeft, let stored = try? await load(), !stored.isTokenOutOfReach else {
      return
    }
    try? await save(stored)
  }

  private func read() throws(FonanaError) -> CredentialRecord? {
    do throws(FonanaError) {
      let record = try file.read()
      state.withLock { $0.fileProblem = nil }
      return record
    } catch {
      state.withLock { state in
        (state.keeping.place, state.fileProblem) = (nil, error.message)
      }
      throw error
    }
  }

  private func put(_ token: Redacted<String>, of origin: String) async -> Bool {
    await ask { [service] () async throws(SecretService.Silence) in
      try await service.store(token, of: origin)
    } != nil
  }

  private func clear() async -> Bool {
    await ask { [service] () async throws(SecretService.Silence) in
      try await service.clear()
    } != nil
  }

  /// nil: no answer. The reason stays until the next answer.
  private func ask<Answer: Sendable>(
    _ question: () async throws(SecretService.Silence) -> Answer
  ) async -> Answer? {
    let now = SystemClock.boot
    guard state.withLock({ $0.restsUntil.map { $0 <= now } ?? true }) else { return nil }
    do throws(SecretService.Silence) {
      let answer = try await question()
      state.withLock { ($0.restsUntil, $0.keeping.problem) = (nil, nil) }
      return answer
    } catch {
      state.withLock { state in
        state.restsUntil = SystemClock.boot + Self.rest
        state.keeping.problem = "the Secret Service can't be used: \(error.why)"
      }
      return nil
    }
  }

  private func note(_ place: TokenStatus.Place?) { state.withLock { $0.keeping.place = place } }
}
