/// The methods of the socket (docs/rpc.md).
package enum Method: String, Sendable, Codable, CaseIterable {
  case hello
  case accountLogin = "account.login"
  case accountLogout = "account.logout"
  case accountGet = "account.get"
  case messageSend = "message.send"
  case messageList = "message.list"
  case messageGet = "message.get"
  case messageImage = "message.image"
  case conversationList = "conversation.list"
  case conversationRead = "conversation.read"
  case outboxList = "outbox.list"
  case outboxShow = "outbox.show"
  case outboxRetry = "outbox.retry"
  case outboxCancel = "outbox.cancel"
  case outboxSkip = "outbox.skip"
  case outboxHold = "outbox.hold"
  case outboxRelease = "outbox.release"
  case outboxEdit = "outbox.edit"
  case notificationsList = "notifications.list"
  case notificationsRead = "notifications.read"
  case statusGet = "status.get"
  case wait
  case eventsSubscribe = "events.subscribe"
  case daemonStop = "daemon.stop"
  case daemonLogLevel = "daemon.logLevel"
  case configCurrent = "config.current"
}
