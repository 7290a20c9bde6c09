import ControlProtocol
import FonanaCore
import Glibc
import Logging

extension SocketLoop {
  func passTime(_ now: Duration) {
    if let again = acceptsAgainAt, again <= now { acceptsAgainAt = nil }
    for peer in peers.values where peer.deadline.map({ $0 <= now }) ?? false { giveUp(peer) }
    if nextSocketCheck <= now {
      nextSocketCheck = now + limits.socketCheck
      if !isStopping { checkSocketFile() }
    }
  }

  private func giveUp(_ peer: Peer) {
    guard !peer.isClosing, !peer.hasSentRequest else { return drop(peer) }
    let reason = FonanaError(.timeout, "No complete request came in time.")
    end(peer, saying: RPC.answer(RPCFailure(reason, id: nil)))
  }

  /// Some systems clean runtime folders while programs run: then nobody could connect any more.
  private func checkSocketFile() {
    guard listener?.isInPlace != true else { return }
    do throws(FonanaError) {
      listener?.abandon()
      listener = nil
      listener = try ListeningSocket(path: path)
      logger.notice("The socket was gone and has been made again.", metadata: ["path": "\(path)"])
    } catch {
      logger.warning("The socket is gone.", metadata: ["reason": "\(error.message)"])
    }
  }
}
