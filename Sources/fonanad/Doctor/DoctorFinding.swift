import ControlProtocol
import FonanaCore

/// What a check found.
struct DoctorFinding: Sendable {
  var status: DoctorLine.Status
  /// nil: nothing, it was left out.
  var tried: String?
  var detail: String
  var hint: String?

  static func ok(_ detail: String, tried: String) -> DoctorFinding {
    DoctorFinding(status: .ok, tried: tried, detail: detail)
  }

  static func warn(_ detail: String, tried: String, hint: String?) -> DoctorFinding {
    DoctorFinding(status: .warn, tried: tried, detail: detail, hint: hint)
  }

  static func fail(_ detail: String, tried: String, hint: String?) -> DoctorFinding {
    DoctorFinding(status: .fail, tried: tried, detail: detail, hint: hint)
  }

  static func skip(_ detail: String) -> DoctorFinding {
    DoctorFinding(status: .skip, tried: nil, detail: detail)
  }

  static func fail(_ error: FonanaError, tried: String) -> DoctorFinding {
    .fail(error.message, tried: tried, hint: error.hint)
  }
}
