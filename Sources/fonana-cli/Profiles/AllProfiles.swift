import ControlProtocol
import FonanaCore

/// The same question to the daemons of all profiles: one that is broken is in the way of no other.
struct AllProfiles<Answer: Renderable & Decodable>: Renderable, Decodable {
  struct Part: Codable {
    var profile: String
    @Nullable var result: Answer?
    @Nullable var error: ErrorInfo?
  }

  var profiles: [Part]

  /// Also those whose daemons must be started first. One that has no account, of a mistyped name
  /// for example, is left out beside those that have one.
  init<P: Encodable>(
    asking call: Call<P, Answer>, _ parameters: P, _ context: Context
  ) {
    let parts = context.allProfiles.map { paths in
      var part = Part(profile: paths.profile.text)
      do throws(FonanaError) {
        part.result = try context.of(paths.profile).call(
          call, parameters, patience: .seconds(5), showsNews: true)
      } catch {
        part.error = ErrorInfo(error)
      }
      return part
    }
    let owned = parts.filter { $0.error?.code != .notLoggedIn }
    profiles = owned.isEmpty ? parts : owned
  }

  /// Failed when one of them has.
  var status: ExitStatus { profiles.contains { $0.error != nil } ? .failed : .done }

  func text(_ style: TextStyle) -> String {
    profiles.map { part in
      let body = part.result?.text(style) ?? part.error.map { ErrorReport(error: $0).text(style) }
      return style.bold(part.profile) + "\n" + (body ?? "")
    }.joined(separator: "\n\n")
  }
}

extension Context {
  /// As this one, for another profile.
  func of(_ profile: ProfileName) throws(FonanaError) -> Context {
    var global = global
    global.profile = profile.text
    return try Context(global, environment: environment)
  }
}
