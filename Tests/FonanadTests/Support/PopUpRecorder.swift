import FonanaCore

@testable import fonanad

/// Keeps what would have popped up.
struct PopUpRecorder: NotificationPresenter {
  let shown: AsyncStream<DesktopNotification>
  private let continuation: AsyncStream<DesktopNotification>.Continuation

  init() { (shown, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(100)) }

  func show(_ notification: DesktopNotification) async -> Bool {
    continuation.yield(notification)
    return true
  }

  func close(_ conversation: ConversationID) async {}
  func end() async {}

  /// The next one.
  func next() async -> DesktopNotification? {
    var iterator = shown.makeAsyncIterator()
    return await iterator.next()
  }
}
