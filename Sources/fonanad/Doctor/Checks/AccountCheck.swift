import ControlProtocol
import FonanaAPI
import FonanaCore
import SyncEngine

/// Who is logged in, and is the wallet an address?
struct AccountCheck: DoctorCheck {
  let link = DoctorLink.account
  let title = "Account and wallet"
  let needs = [DoctorLink.configuration, .files]
  let isOnline = false

  func run(_ bench: DoctorBench, _ facts: inout DoctorFacts) async -> DoctorFinding {
    let path = bench.paths.credentials
    let keeper = bench.credentials
    do throws(FonanaError) {
      guard let stored = try await keeper.load(), stored.isLoggedIn else {
        return Self.nobody(keeper.keeping, path)
      }
      let origin = bench.api?.origin ?? ""
      guard stored.origin == origin else {
        return .fail(
          "the token is of \(stored.origin), the configuration names \(origin)", tried: path,
          hint: "Type “fonana config set server \(stored.origin)”, or “fonana login” at the new "
            + "server with another --profile.")
      }
      let wallet = try WalletAddress(validating: stored.wallet)
      (facts.credentials, facts.token) = (stored, stored.token)
      let keeping = keeper.keeping
      let place = keeping.place == .secretService ? "the Secret Service" : "a file"
      let who = "\(wallet), user \(stored.userID); the token is kept in \(place)"
      guard let problem = keeping.problem else { return .ok(who, tried: path) }
      return .warn("\(who): \(problem)", tried: path, hint: SecretService.hint)
    } catch {
      return .fail(error, tried: path)
    }
  }

  private static func nobody(_ keeping: CredentialKeeper.Keeping, _ path: String) -> DoctorFinding {
    guard keeping.isInMemoryOnly, let problem = keeping.problem else {
      return .fail(
        "nobody is logged in with this profile", tried: path,
        hint: "Type “fonana login --wallet ADDRESS”.")
    }
    return .fail(
      "the token is in memory only: \(problem)", tried: path,
      hint: "Make room, then type “fonana login --wallet ADDRESS” again.")
  }
}
