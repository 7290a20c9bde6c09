import ControlProtocol
import FonanaCore

/// Can the hooks be started, and do they succeed?
struct HooksCheck: DoctorCheck {
  let link = DoctorLink.hooks
  let title = "Hooks"
  let needs = [DoctorLink.configuration]
  let isOnline = false

  func run(_ bench: DoctorBench, _ facts: inout DoctorFacts) async -> DoctorFinding {
    guard let hooks = bench.configuration?.hooks, !hooks.isEmpty else {
      return .skip("no hook is configured")
    }
    for hook in hooks {
      let program = hook.command.first ?? ""
      guard SystemProgram.find(program, bench.environment) != nil else {
        return .warn(
          "“\(hook.name)” can't be started: there is no program \(DisplayText.line(program))",
          tried: program, hint: "Correct its command in \(bench.paths.configurationFile).")
      }
    }
    let states = (try? await bench.daemon?.hookList()) ?? []
    if let ill = states.first(where: { $0.state == .parked || $0.failures > 0 }) {
      return .warn(
        "“\(ill.name)” has failed \(DisplayText.count(ill.failures, "time")) "
          + "(\(HookOutcome.ending(of: ill.reason ?? "no reason known")))"
          + (ill.state == .parked ? " and is parked" : ""), tried: "the last run of “\(ill.name)”",
        hint:
          "“fonana hooks” shows what it said. Mend it, then type “fonana hooks retry \(ill.name)”; “fonana hooks skip "
          + "\(ill.name)” gives this event up.")
    }
    return .ok(
      "\(hooks.count): \(hooks.map(\.name).joined(separator: ", "))",
      tried: "their programs and last runs")
  }
}
