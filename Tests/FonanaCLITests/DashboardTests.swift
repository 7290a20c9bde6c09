import ControlProtocol
import Testing

@testable import fonana_cli

@Suite struct DashboardTests {
  private let address = DashboardAddress(
    url: "http://127.0.0.1:4000/?key=k", port: 4000, validSeconds: 600)

  @Test func overSSHTheForwardingNamesTheServerAsTheClientSeesIt() {
    let environment = ["SSH_CONNECTION": "198.51.100.4 50000 192.0.2.7 22", "USER": "bob"]
    #expect(
      Dashboard.forward(4000, environment) == "ssh -N -L 4000:127.0.0.1:4000 bob@192.0.2.7")
    let other = ["SSH_CONNECTION": "198.51.100.4 50000 192.0.2.7 2222"]
    #expect(
      Dashboard.forward(4000, other) == "ssh -N -L 4000:127.0.0.1:4000 -p 2222 192.0.2.7")
    #expect(Dashboard.forward(4000, [:]) == nil)
    #expect(Dashboard.forward(4000, ["SSH_CONNECTION": "nonsense"]) == nil)
  }

  @Test func theAddressIsPrintedUnlessABrowserHasIt() {
    let plain = TextStyle(color: "never", environment: [:])
    func text(opened: Bool, forward: String?) -> String {
      DashboardOpening(address: address, opened: opened, forward: forward).text(plain)
    }
    #expect(!text(opened: true, forward: nil).contains("key="))
    #expect(text(opened: false, forward: nil).hasPrefix(address.url + "\n"))
    #expect(text(opened: false, forward: "ssh x").contains("  ssh x\n"))
  }
}
