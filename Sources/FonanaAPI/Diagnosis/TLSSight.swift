import FonanaCore
import Glibc
import NIOCore
import NIOPosix
import NIOSSL

/// What a TLS handshake showed, before anything was judged.
package struct TLSSight: Sendable {
  /// The server's own certificate.
  package let certificate: CertificateFacts?
  /// How many certificates came.
  package let chain: Int
  /// Why none came.
  package let failure: String?

  package static let none = TLSSight(certificate: nil, chain: 0, failure: nil)
}

extension ServerProbe {
  /// Whether the system has a bundle of trusted roots in one of the places that are looked at.
  package static var hasSystemRoots: Bool { systemRoots != nil }

  package static var systemRoots: String? {
    [
      "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt",
      "/etc/ssl/cert.pem",
    ].first { access($0, R_OK) == 0 }
  }

  /// Looks at the certificate without a judgement; nothing is sent over that connection.
  package func lookAtCertificate(of address: ServerAddress) async -> TLSSight {
    await value(within: limits.connect + limits.idle) { await certificate(of: address) }
      ?? TLSSight(certificate: nil, chain: 0, failure: Self.words(for: HandshakeFailure.tooSlow))
  }

  private func certificate(of address: ServerAddress) async -> TLSSight {
    let promise = group.next().makePromise(of: [NIOSSLCertificate].self)
    let timer = group.next().scheduleTask(in: TimeAmount(limits.idle)) {
      promise.fail(HandshakeFailure.tooSlow)
    }
    defer { timer.cancel() }
    do {
      let channel = try await connect(address, promise)
      defer { channel.close(promise: nil) }
      let certificates = try await promise.futureResult.get()
      return TLSSight(
        certificate: certificates.first.map(CertificateFacts.init), chain: certificates.count,
        failure: certificates.isEmpty ? "no certificate came" : nil)
    } catch {
      promise.fail(error)
      return TLSSight(certificate: nil, chain: 0, failure: Self.words(for: error))
    }
  }

  private func connect(
    _ address: ServerAddress, _ promise: EventLoopPromise<[NIOSSLCertificate]>
  ) async throws -> any Channel {
    let context = try NIOSSLContext(
      configuration: configuration.roots.clientConfiguration(protocols: ["http/1.1"]))
    let isNumber = (try? SocketAddress(ipAddress: address.host, port: 0)) != nil
    return try await ClientBootstrap(group: group).connectTimeout(TimeAmount(limits.connect))
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let handler = try NIOSSLClientHandler(
            context: context, serverHostname: isNumber ? nil : address.host,
            customVerificationCallback: { certificates, verdict in
              promise.succeed(certificates)
              verdict.succeed(.failed)  // it was only to be looked at
            })
          try channel.pipeline.syncOperations.addHandlers(handler, HandshakeWatch(promise))
        }
      }
      .connect(host: address.host, port: address.port).get()
  }

  private static func words(for error: any Error) -> String {
    switch error {
    case HandshakeFailure.tooSlow: "nothing came back in time"
    case HandshakeFailure.closed: "the other side closed the connection"
    case is NIOSSLError, is BoringSSLError, is NIOSSLExtraError:
      "what came back is not TLS (\(error))"
    default: ServerFailure(transport: error, phase: .nothingWritten).detail
    }
  }
}

private enum HandshakeFailure: Error { case tooSlow, closed }

/// Sees the end of a connection whose handshake did not come to a certificate.
private final class HandshakeWatch: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  private let promise: EventLoopPromise<[NIOSSLCertificate]>

  init(_ promise: EventLoopPromise<[NIOSSLCertificate]>) { self.promise = promise }

  func channelInactive(context: ChannelHandlerContext) { promise.fail(HandshakeFailure.closed) }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    promise.fail(error)
    context.close(promise: nil)
  }
}
