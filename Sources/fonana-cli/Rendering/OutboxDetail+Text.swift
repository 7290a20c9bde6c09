import ControlProtocol
import FonanaCore

extension OutboxDetail: Renderable {
  func text(_ style: TextStyle) -> String {
    var facts = Facts()
    facts.add("cid", entry.cid.rawValue)
    facts.add(
      "to", entry.to.isEmpty ? nil : entry.to + (entry.unresolved ? " (not looked up yet)" : ""))
    facts.add("state", entry.state.rawValue + (entry.cancelWanted ? ", to be cancelled" : ""))
    facts.add("condition", entry.unlessReplied ? "only if the other has not written since" : nil)
    facts.add("tries", "\(entry.attempts)")
    facts.add("queued", style.time(entry.queuedAt))
    facts.add("sent", rest.sentAt.map(style.time))
    facts.add("message", rest.messageId?.rawValue)
    facts.add("reason", entry.reason?.message)
    facts.add("to do", entry.reason?.hint)
    facts.add("next", rest.next)
    facts.add("next try", entry.nextAttemptAt.map(style.time))
    let parts: [String?] = [
      facts.text(style), entry.content.map { DisplayText.block($0) }, steps(style),
    ]
    return parts.compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: "\n\n")
  }

  private func steps(_ style: TextStyle) -> String {
    var attempt = 0
    return rest.history.map { step in
      if step.outcome == "claimed" { attempt += 1 }
      let state = step.to == "intent" ? "sending" : step.to
      return "\(style.time(step.at))  \(state): \(step.sentence(attempt: attempt))"
    }.joined(separator: "\n")
  }
}

extension OutboxStep {
  /// In plain words, with the class of docs/reliability.md.
  func sentence(attempt: Int) -> String {
    let detail = DisplayText.line(detail)
    let tail = detail.isEmpty ? "" : " (\(detail))"
    return switch outcome {
    case "enqueued": "accepted and written to the disk" + (detail.isEmpty ? "" : ", to \(detail)")
    case "resolved": "the recipient was found"
    case "addressed": "the conversation was opened"
    case "uploaded": "the image is at the server"
    case "claimed": "attempt \(attempt) begins"
    case "not_sent": "nothing reached the server (class A)\(tail)"
    case "rejected": "the server refused it and has not stored it (class B)\(tail)"
    case "unauthorized": "the token was refused, it is not stored (class B)"
    case "throttled": "the server wants fewer messages, it is not stored (class B′)\(tail)"
    case "unknown": "the server failed; whether it has stored the message is not known (class C)"
    case "maybe_running":
      "no clear answer; the server may still be storing it (class D)\(tail)"
    case "accepted": "the server has it (class E)\(tail)"
    case "absent": "a complete look did not find it at the server\(tail)"
    case "ambiguous", "refused_repeatedly": detail
    case "cancelled": "cancelled"
    case "cancel_wanted": "you want it cancelled\(tail)"
    case "retried": "to be tried again, as you said"
    case "held": "kept back, as you said"
    case "released": "released\(tail)"
    case "skipped": "later messages may pass it, as you said"
    case "edited": "the text was changed"
    case "gone": "the conversation is gone from the server"
    case "conversation_back": "the conversation is back"
    case "replied": "not sent, since the other has written since it was queued"
    case "saved_again": "written again, since the disk had not taken it"
    default: outcome + tail
    }
  }
}
