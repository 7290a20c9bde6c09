import FonanaCore
import SyncEngine

// Short texts for the trace. They hold no secret, and their order is that of the values.

extension ServerRequest {
  var label: String {
    switch self {
    case .requestToken: "token"
    case .verifyToken: "verify"
    case .listConversations: "list"
    case .createConversation(let user): "create \(user)"
    case .listMessages(let id, let limit, let before, _):
      "messages \(id) limit \(limit) before \(before?.rawValue ?? "-")"
    case .sendMessage(let id, let message): "post \(id) \(message.cid)"
    case .lookUpUser: "user"
    case .uploadImage: "upload"
    case .listNotifications(let limit): "notifications \(limit)"
    case .markNotificationsRead, .markAllNotificationsRead: "mark notifications"
    case .serverVersion: "version"
    }
  }

  var isPost: Bool { if case .sendMessage = self { true } else { false } }
  var isUpload: Bool { if case .uploadImage = self { true } else { false } }
  var isMessages: Bool { if case .listMessages = self { true } else { false } }
}

extension ServerAnswer {
  var label: String {
    switch self {
    case .success(.conversations(let list), _):
      "200 "
        + list.map { "\($0.id):\($0.unread):\($0.last?.id.rawValue ?? "-")" }.joined(separator: " ")
    case .success(.page(let page), _):
      "200 \(page.messages.count) \(page.messages.first?.id.rawValue ?? "-")…"
        + "\(page.messages.last?.id.rawValue ?? "-") more \(page.hasMore.map(String.init) ?? "-")"
    case .success(.sent(let message, _), _): "200 \(message.id)"
    case .success: "200"
    case .failure(let failure):
      "\(failure.kind.rawValue) \(failure.phase.rawValue) \(failure.status ?? 0) "
        + "\(failure.routeError ?? "-")"
    }
  }
}

extension EngineEvent {
  var label: String {
    switch self {
    case .booted(let snapshot, let stored):
      "booted outbox \(snapshot.outbox.count) token \(stored?.token != nil)"
    case .answered(let id, _): "answered \(id.number)"
    case .committed(let id, _): "committed \(id.number)"
    case .commitFailed(let id, _): "commit failed \(id.number)"
    case .socket(let id, let signal): "socket \(id.number) \(signal.label)"
    case .timerFired(let timer): "timer \(timer.label)"
    case .wished(let id, let wish): "wish \(id.number) \(wish.label)"
    case .attentionBegan: "attention begins"
    case .attentionEnded: "attention ends"
    case .reconnectWanted: "reconnect"
    case .networkChanged: "networkChanged"
    case .shutDown: "shut down"
    default: "event"
    }
  }
}

extension SocketSignal {
  var label: String {
    switch self {
    case .opened: "opened"
    case .frame(.connected): "connected"
    case .frame(.notification): "notification"
    case .frame: "frame"
    case .alive: "alive"
    case .closed(let code, _): "closed \(code ?? 0)"
    case .failed(let failure): "failed \(failure.status ?? 0)"
    }
  }
}

extension TimerID {
  var label: String {
    switch self {
    case .outbox(let cid): "outbox \(cid)"
    case .authProbe(let route): "probe \(route.rawValue)"
    case .patience(let wish): "patience \(wish.number)"
    case .refreshToken: "refresh"
    case .reconnect: "reconnect"
    case .silence: "silence"
    case .ping: "ping"
    case .stable: "stable"
    case .reassert: "reassert"
    case .tick: "tick"
    case .pulls: "pulls"
    case .budget: "budget"
    case .outboxPace: "pace"
    case .saveAgain: "save again"
    case .socketPause: "socket pause"
    case .burst: "burst"
    case .shutDown: "shutdown"
    }
  }
}

extension Wish {
  var label: String {
    switch self {
    case .ready: "ready"
    case .logIn: "log in"
    case .logOut: "log out"
    case .enqueue(let item): "send \(item.cid) to \(item.recipient.text)"
    case .outbox(let command): "outbox \(command.label)"
    case .prepareRead(let id, let wantsAll, _, _): "read \(id)\(wantsAll ? " all" : "")"
    case .markRead(let id, let position): "mark \(id) \(position.id)"
    case .refreshList: "refresh"
    case .call: "call"
    case .pauseSocket: "pause socket"
    case .resumeSocket: "resume socket"
    }
  }
}

extension OutboxCommand {
  var label: String {
    switch self {
    case .retry(let cid): "retry \(cid)"
    case .retryAll: "retry all"
    case .cancel(let cid): "cancel \(cid)"
    case .skip(let cid): "skip \(cid)"
    case .hold(let cid): "hold \(cid)"
    case .release(let cid): "release \(cid)"
    case .edit(let cid, _): "edit \(cid)"
    }
  }
}

extension StoreAct {
  var label: String {
    switch self {
    case .enqueue(let item): "enqueue \(item.cid)"
    case .update(let item, let entry): "\(item.cid)→\(item.state.rawValue) (\(entry.outcome))"
    case .confirm(let cid, let message, _): "confirm \(cid) \(message.id)"
    case .cancel(let cid, _): "cancel \(cid)"
    case .applyPage(let id, let page, let coverage, _, _):
      "page \(id) \(page.messages.count) gaps \(coverage.gaps.count)"
    case .applyList(let list, _): "list \(list.count)"
    case .applyNotifications(let rows, _, _, _): "previews \(rows.count)"
    case .markRead(let id, let position): "mark \(id) \(position.id)"
    case .count(let counter): "count \(counter.rawValue)"
    default: "act"
    }
  }
}

extension EngineEffect {
  var label: String {
    switch self {
    case .commit(let id, let acts):
      "commit \(id.number) " + acts.map(\.label).joined(separator: ", ")
    case .request(let id, let request, _): "request \(id.number) \(request.label)"
    case .cancel(let id): "cancel \(id.number)"
    case .openSocket(let id, _): "open socket \(id.number)"
    case .say(let id, .close(let isAbrupt)): "close socket \(id.number) \(isAbrupt)"
    case .say(let id, .ping): "ping \(id.number)"
    case .say(let id, .subscribeToNotifications): "subscribe \(id.number)"
    case .setTimer(let timer, let due):
      "set \(timer.label) \(Trace.stamp(SimClock.instant(ofBoot: due)))"
    case .cancelTimer(let timer): "unset \(timer.label)"
    case .save: "save credentials"
    case .answer(let wish, let answer): "answer \(wish.number) \(answer.label)"
    case .log: "log"
    case .stop: "stop"
    }
  }
}

extension WishAnswer {
  var label: String {
    switch self {
    case .loggedIn: "logged in"
    case .enqueued: "enqueued"
    case .read(let freshness): "read \(freshness.source.rawValue) gaps \(freshness.gaps)"
    case .list(let isFresh): "list \(isFresh)"
    case .reply: "reply"
    case .done: "done"
    case .failed(let error): "failed \(error.code.rawValue)"
    }
  }
}
