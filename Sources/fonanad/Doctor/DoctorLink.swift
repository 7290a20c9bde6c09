/// The links of the chain, in their order; the texts are `id` in docs/interface.md.
enum DoctorLink: String, Sendable, CaseIterable {
  case configuration
  case files
  case store
  case account
  case proxy
  case dns
  case tcp
  case tls
  case http
  case clock
  case version
  case token
  case claims
  case verify
  case conversationsRoute = "route.conversations"
  case notificationsRoute = "route.notifications"
  case userRoute = "route.user"
  case messagesRoute = "route.messages"
  case sendRoute = "route.send"
  case uploadRoute = "route.upload"
  case socketQuery = "websocket.query"
  case socketHeader = "websocket.header"
  case socket = "websocket"
  case connected
  case subscription
  case ping
  case push
  case desktop
  case hooks
  case systemd
  case daemon
}
