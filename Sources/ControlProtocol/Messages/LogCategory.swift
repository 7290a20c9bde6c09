/// What a line of the log is about (docs/interface.md, `logs`).
package enum LogCategory: String, CaseIterable, Sendable {
  case jwt, websocket, http, sync, outbox, control, notify, hook
}
