extension ServerCounters {
  var json: WireJSON {
    let byRoute = requests.sorted { $0.key < $1.key }.map { label, count in
      WireJSON.Member(key: label, value: .int(count))
    }
    return [
      "requests": .object(byRoute), "totalRequests": .int(totalRequests),
      "tokenRequests": .int(tokenRequests), "ticks": .int(ticks),
      "tickEvents": .array(tickEvents.map(\.json)),
      "socketConnections": .int(socketConnections), "greetings": .int(greetings),
      "socketsWithToken": .int(socketsWithToken),
      "socketsWithoutToken": .int(socketsWithoutToken),
      "socketsUnauthorized": .int(socketsUnauthorized),
      "upgradesRefused": .int(upgradesRefused), "openSockets": .int(openSockets),
      "openConnections": .int(openConnections), "subscriptions": .int(subscriptions),
      "framesLost": .int(framesLost), "pushesSent": .int(pushesSent),
      "pushesLost": .int(pushesLost), "faultsFired": .int(faultsFired),
    ]
  }
}

extension ServerCounters.TickEvent {
  var json: WireJSON {
    [
      "conversationId": .string(conversationID), "readerId": .string(readerID),
      "count": .int(count), "requestNumber": .int(requestNumber),
    ]
  }
}

extension RequestRecord {
  var json: WireJSON {
    [
      "number": .int(number), "at": .int(at), "method": .string(method), "path": .string(path),
      "route": .string(label), "hasBearer": .bool(hasBearer), "wallet": .text(wallet),
      "conversationId": .text(conversationID), "status": .int(status),
    ]
  }
}
