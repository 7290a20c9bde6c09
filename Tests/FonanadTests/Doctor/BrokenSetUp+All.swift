import ControlProtocol
import FonanaCore
import FonanaServer
import FonanaTestSupport
import Glibc
import SyncEngine

@testable import fonanad

extension BrokenSetUp {
  static let all: [BrokenSetUp] = [
    BrokenSetUp(
      name: "wrong wallet", parts: [.account, .tokenRoute], link: .token,
      evidence: "the wallet is of user", advice: "--profile"
    ) { $0.credentials.wallet = $0.server.world.makeUser().wallet },
    BrokenSetUp(
      name: "wrong server", parts: [.account], link: .account,
      evidence: "the token is of https://elsewhere.example", advice: "fonana config set server"
    ) { $0.isOfAnotherServer = true },
    BrokenSetUp(
      name: "DNS", parts: [.address], link: .dns, evidence: "“", advice: "spelled right"
    ) { $0.move(to: "https://\(String(repeating: "x", count: 64)).example") },
    BrokenSetUp(
      name: "refused port", parts: [.address], link: .tcp, evidence: "refused", advice: "port"
    ) { place in
      let (descriptor, port) = try LoopbackSocket.listening()
      close(descriptor)
      place.move(to: "http://127.0.0.1:\(port)")
    },
    BrokenSetUp(
      name: "expired certificate", parts: [.address], link: .tls,
      evidence: "the certificate has expired", advice: "must renew it"
    ) { try await BrokenSetUp.expireCertificate(&$0) },
    BrokenSetUp(
      name: "skewed clock", parts: [.address], link: .clock, evidence: "ahead of the server",
      advice: "timedatectl"
    ) { place in
      let server = try FixedAnswer(FixedAnswer.refusal(at: "Tue, 24 Nov 2020 13:49:48 GMT"))
      place.move(to: "http://127.0.0.1:\(server.port)")
      place.cleanUps.append { server.stop() }
    },
    BrokenSetUp(
      name: "answer without token", parts: [.tokenRoute], link: .token,
      evidence: "fields success, user; absent: token, expiresAt: no token",
      advice: "tell whoever runs it"
    ) { place in
      let answer = FaultResponse(
        status: 200, contentType: "application/json",
        body: #"{"success":true,"user":{"id":"x"}}"#)
      place.server.faults.add(Fault("POST /api/auth/token", .respond(answer), count: nil))
    },
    BrokenSetUp(
      name: "expired token", parts: [.storedToken], link: .claims, status: .warn,
      evidence: "has expired 2 hours ago", advice: "Nothing to do"
    ) { $0.expiresLater = SystemClock.wall - .seconds(7300) },
    BrokenSetUp(
      name: "token refused by one route only", parts: [.storedToken], link: .conversationsRoute,
      evidence: "401 “Invalid token”", advice: "different secrets"
    ) { place in
      place.server.faults.add(
        Fault("GET /api/conversations", .respond(.json(401, "Invalid token")), count: nil))
    },
    BrokenSetUp(
      name: "query dropped", parts: [.upgrade], link: .socketQuery, status: .warn,
      evidence: "drops the query", advice: "proxy_pass http://127.0.0.1:3002$request_uri"
    ) { $0.server.sockets.upgradeFault = .loseToken(query: true, header: false) },
    // The daemon gets another token for it.
    BrokenSetUp(
      name: "both dropped", parts: [.upgrade, .storedToken], link: .socket,
      evidence: "1008 “Unauthorized”", advice: "proxy_pass http://127.0.0.1:3002$request_uri"
    ) { $0.server.sockets.upgradeFault = .loseToken(query: true, header: true) },
    BrokenSetUp(
      name: "proxy 407", parts: [.address], link: .proxy, evidence: "407", advice: "NO_PROXY"
    ) { place in
      let proxy = try FixedAnswer(FixedAnswer.passwordWanted)
      place.move(to: "https://fonana.example")
      place.environment["HTTPS_PROXY"] = "http://127.0.0.1:\(proxy.port)"
      place.cleanUps.append { proxy.stop() }
    },
  ]

  private static func expireCertificate(_ place: inout BrokenPlace) async throws {
    let authority = try await CertificateAuthority(in: place.home)
    let identity = try await authority.identity(for: "127.0.0.1", days: -1)
    let server = try Program("openssl", environment: ["PATH": "/usr/bin:/bin"]).start([
      "s_server", "-accept", "127.0.0.1:0", "-cert", identity.certificate, "-key", identity.key,
      "-www",
    ])
    place.cleanUps.append {
      server.kill()
      _ = try await server.waitForExit()
    }
    let line = try await server.output.nextLine(containing: "ACCEPT")
    place.move(to: "https://127.0.0.1:\(line?.split(separator: ":").last ?? "?")")
    place.configuration = "ca_file = \"\(authority.certificate)\"\n"
  }
}
