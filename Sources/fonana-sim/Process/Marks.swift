import FonanaCore
import SyncEngine

// What stands in the trace's hash: kinds, numbers and names. No text of a message or of a token.

extension ServerRequest: Traced {
  func mix(into hash: inout TraceHash) {
    hash.mix(Route(self).rawValue)
    switch self {
    case .createConversation(let user): hash.mix(user.rawValue)
    case .listMessages(let id, let limit, let before, _):
      hash.mix(id.rawValue)
      hash.mix(limit)
      hash.mix(before?.rawValue ?? "-")
    case .sendMessage(let id, let message):
      hash.mix(id.rawValue)
      hash.mix(message.cid.rawValue)
    case .listNotifications(let limit): hash.mix(limit)
    case .requestToken, .verifyToken, .listConversations, .lookUpUser, .uploadImage,
      .markNotificationsRead, .markAllNotificationsRead, .serverVersion:
      break
    }
  }
}

extension ServerAnswer: Traced {
  func mix(into hash: inout TraceHash) {
    switch self {
    case .success(.conversations(let list), _):
      for conversation in list {
        hash.mix(conversation.unread)
        hash.mix(conversation.last?.id.rawValue ?? "-")
      }
    case .success(.page(let page), _):
      hash.mix(page.messages.count)
      for message in page.messages { hash.mix(UInt64(bitPattern: message.createdAt.milliseconds)) }
    case .success(.sent(let message, _), _): hash.mix(message.id.rawValue)
    case .success: hash.mix(200)
    case .failure(let failure):
      hash.mix(failure.kind.rawValue)
      hash.mix(failure.phase.rawValue)
      hash.mix(failure.status ?? 0)
    }
  }
}

extension SocketSignal: Traced {
  func mix(into hash: inout TraceHash) { hash.mix(label) }
}

extension EngineEvent: Traced {
  func mix(into hash: inout TraceHash) {
    switch self {
    case .answered(let id, let answer):
      hash.mix(id.number)
      hash.mix(answer)
    case .committed(let id, _), .commitFailed(let id, _): hash.mix(id.number)
    case .socket(let id, let signal):
      hash.mix(id.number)
      hash.mix(signal)
    case .timerFired(let timer): hash.mix(timer)
    case .wished(let id, let wish):
      hash.mix(id.number)
      hash.mix(wish.label)
    case .booted, .attentionBegan, .attentionEnded, .reconnectWanted, .networkChanged, .storePurged,
      .storeForgot, .shutDown:
      hash.mix(label)
    }
  }
}

extension TimerID: Traced {
  func mix(into hash: inout TraceHash) {
    switch self {
    case .outbox(let cid): hash.mix(cid.rawValue)
    case .authProbe(let route): hash.mix(route.rawValue)
    case .patience(let wish): hash.mix(wish.number)
    case .refreshToken: hash.mix(1001)
    case .reconnect: hash.mix(1002)
    case .silence: hash.mix(1003)
    case .ping: hash.mix(1004)
    case .stable: hash.mix(1005)
    case .reassert: hash.mix(1006)
    case .tick: hash.mix(1007)
    case .pulls: hash.mix(1008)
    case .budget: hash.mix(1009)
    case .outboxPace: hash.mix(1010)
    case .saveAgain: hash.mix(1011)
    case .shutDown: hash.mix(1012)
    case .socketPause: hash.mix(1013)
    case .burst: hash.mix(1014)
    }
  }
}

extension StoreAct: Traced {
  func mix(into hash: inout TraceHash) {
    switch self {
    case .applyPage(let id, let page, let coverage, _, _):
      hash.mix(id.rawValue)
      hash.mix(page.messages.count)
      hash.mix(coverage.gaps.count)
    case .applyList(let list, _): for state in list { hash.mix(state.conversation.id.rawValue) }
    case .applyNotifications(let rows, _, _, _): hash.mix(rows.count)
    default: hash.mix(label)
    }
  }
}

extension EngineEffect: Traced {
  func mix(into hash: inout TraceHash) {
    switch self {
    case .commit(let id, let acts):
      hash.mix(id.number)
      for act in acts { hash.mix(act) }
    case .request(let id, let request, _):
      hash.mix(id.number)
      hash.mix(request)
    case .setTimer(let timer, let due):
      hash.mix(timer)
      hash.mix(due)
    case .cancelTimer(let timer): hash.mix(timer)
    case .log(let line):
      hash.mix(line.stage.rawValue)
      hash.mix(line.detail)
    case .cancel, .openSocket, .say, .save, .answer, .stop: hash.mix(label)
    }
  }
}
