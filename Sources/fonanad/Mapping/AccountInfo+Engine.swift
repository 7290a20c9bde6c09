import ControlProtocol
import FonanaCore
import SyncEngine

extension AccountInfo {
  init(profile: String, server: String, account: AccountRecord?, status: EngineStatus) {
    self.init(
      profile: profile, server: server, generation: status.generation, wallet: account?.wallet,
      userId: account?.userID, nickname: account?.nickname, tokenExpiresAt: status.tokenExpiresAt)
  }
}
