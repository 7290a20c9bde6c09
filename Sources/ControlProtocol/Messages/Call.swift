package import FonanaCore

/// A method with the types of its parameters and its answer.
///
/// That both are `Codable` is asked for where they are coded: a constraint here would be looked up
/// at run time.
package struct Call<Parameters: Sendable, Reply: Sendable>: Sendable {
  package typealias Reading = @Sendable (JSONValue) throws(FonanaError) -> Reply
  package typealias Writing<Value> = @Sendable (Value, inout JSONWriter) -> Void

  package let method: Method
  private let reading: Reading?
  /// How the command writes the parameters and the daemon the answer; nil: by `Encodable`.
  let asking: Writing<Parameters>?
  let answering: Writing<Reply>?

  package init(
    _ method: Method, asking: Writing<Parameters>? = nil, answering: Writing<Reply>? = nil,
    reading: Reading? = nil
  ) {
    self.method = method
    self.asking = asking
    self.answering = answering
    self.reading = reading
  }

  /// How the command reads the answer when it is not by `Decodable`; nil when it is.
  package func readByHand(_ value: JSONValue) throws(FonanaError) -> Reply? {
    try reading?(value)
  }
}

/// The one table of all methods; the command and the daemon both go by it.
package enum Calls {
  package static let hello = Call<HelloRequest, HelloResult>(
    .hello, answering: { $0.write(to: &$1) },
    reading: { value throws(FonanaError) in try HelloResult(value) })
  package static let logIn = Call<LoginRequest, LoginResult>(.accountLogin)
  package static let logOut = Call<LogoutRequest, NoParameters>(.accountLogout)
  package static let account = Call<NoParameters, AccountInfo>(.accountGet)

  package static let send = Call<SendRequest, SendResult>(
    .messageSend, asking: { $0.write(to: &$1) }, answering: { $0.write(to: &$1) },
    reading: { value throws(FonanaError) in try SendResult(value) })
  package static let listMessages = Call<MessageListRequest, MessageListResult>(.messageList)
  package static let getMessage = Call<MessageGetRequest, MessageGetResult>(.messageGet)
  package static let search = Call<SearchRequest, SearchResult>(
    .messageSearch, asking: { $0.write(to: &$1) }, answering: { $0.write(to: &$1) },
    reading: { value throws(FonanaError) in try SearchResult(value) })
  /// With an open descriptor, writable.
  package static let saveImage = Call<ImageRequest, ImageResult>(.messageImage)

  package static let listConversations = Call<ConversationListRequest, InboxResult>(
    .conversationList, asking: { $0.write(to: &$1) }, answering: { $0.write(to: &$1) },
    reading: { value throws(FonanaError) in try InboxResult(value) })
  package static let read = Call<ConversationReadRequest, ReadResult>(
    .conversationRead, asking: { $0.write(to: &$1) }, answering: { $0.write(to: &$1) },
    reading: { value throws(FonanaError) in try ReadResult(value) })

  package static let listOutbox = Call<NoParameters, OutboxListing>(.outboxList)
  package static let showOutbox = Call<OutboxShowRequest, OutboxDetail>(.outboxShow)
  package static let retry = Call<OutboxTarget, OutboxActResult>(.outboxRetry)
  package static let cancel = Call<OutboxTarget, OutboxActResult>(.outboxCancel)
  package static let skip = Call<OutboxTarget, OutboxActResult>(.outboxSkip)
  package static let hold = Call<OutboxTarget, OutboxActResult>(.outboxHold)
  package static let release = Call<OutboxTarget, OutboxActResult>(.outboxRelease)
  package static let edit = Call<OutboxTarget, OutboxActResult>(.outboxEdit)

  package static let listNotifications = Call<NotificationListRequest, NotificationsResult>(
    .notificationsList)
  package static let readNotifications = Call<NotificationReadRequest, NotificationReadResult>(
    .notificationsRead)
  package static let notify = Call<NotifyRequest, NotifyResult>(.notifyChange)

  package static let storeStats = Call<NoParameters, StoreReport>(.storeStats)
  package static let storeVacuum = Call<NoParameters, StoreReport>(.storeVacuum)
  package static let backup = Call<BackupRequest, BackupResult>(.storeBackup)
  package static let forget = Call<ForgetRequest, ForgetResult>(.storeForget)
  package static let verify = Call<VerifyRequest, VerifyResult>(.storeVerify)

  package static let status = Call<NoParameters, StatusReport>(
    .statusGet, reading: { value throws(FonanaError) in try StatusReport(value) })
  /// Notes `doctor.check` come before the answer.
  package static let doctor = Call<DoctorRequest, DoctorReport>(.doctorRun)
  package static let diagnostics = Call<NoParameters, DiagnosticsReport>(.diagnosticsGet)
  package static let openDashboard = Call<NoParameters, DashboardAddress>(.dashboardOpen)
  package static let bugReport = Call<DoctorRequest, BugReportResult>(.bugreportMake)
  package static let wait = Call<WaitRequest, WaitResult>(.wait)
  package static let subscribe = Call<SubscribeRequest, SubscribeResult>(.eventsSubscribe)
  package static let acknowledge = Call<AcknowledgeRequest, AcknowledgeResult>(
    .eventsAcknowledge)
  package static let listConsumers = Call<NoParameters, ConsumerListing>(.consumersList)
  package static let forgetConsumer = Call<ConsumerTarget, NoParameters>(.consumersForget)
  package static let listHooks = Call<NoParameters, HookListing>(.hooksList)
  package static let retryHook = Call<ConsumerTarget, HookInfo>(.hooksRetry)
  package static let skipHook = Call<ConsumerTarget, HookInfo>(.hooksSkip)
  /// Answered before the daemon ends.
  package static let stop = Call<NoParameters, NoParameters>(.daemonStop)
  package static let setLogLevel = Call<LogLevelRequest, LogLevelRequest>(.daemonLogLevel)
  package static let configuration = Call<NoParameters, SettingListing>(.configCurrent)
}
