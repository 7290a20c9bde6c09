import FonanaCore
import Testing

@testable import FonanaAPI

@Suite struct LoginProofTests {
  private let proof = WalletProof(message: "a\nb", signature: Redacted("sig"))

  private func text(_ call: ServerCall) -> String? {
    if case .json(let text)? = call.body { text } else { nil }
  }

  @Test func aProofStandsBesideTheWalletOnBothRoutes() {
    let body = #"{"wallet":"W","message":"a\nb","signature":"sig"}"#
    #expect(text(ServerCall(.requestToken(wallet: "W", proof: proof))) == body)
    #expect(text(ServerCall.olderTokenRoute(wallet: "W", proof: proof)) == body)
  }

  @Test func withoutAProofOnlyTheWalletIsSent() {
    #expect(text(ServerCall(.requestToken(wallet: "W"))) == #"{"wallet":"W"}"#)
  }
}
