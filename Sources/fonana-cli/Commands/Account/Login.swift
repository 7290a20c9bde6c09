import ArgumentParser
import ControlProtocol
import FonanaCore

struct Login: FonanaCommand {
  static let configuration = CommandConfiguration(
    abstract: "Log this profile in to an account.",
    discussion: """
      Example:  fonana login --wallet 9xQeWvG816bUx9EPjHmaT23yvVM2ZWbrrpZb9PusVFin

      The server makes an account for any address. One that looks new is kept only after a yes, \
      or with --new.
      """)

  @Option(help: ArgumentHelp("The wallet's address.", valueName: "address"))
  var wallet: String?

  @Option(
    help: ArgumentHelp(
      "A keypair of the Solana CLI: signs this login, is not kept.", valueName: "file"))
  var keypair: String?

  @Option(help: ArgumentHelp("The server, if it is not the configured one.", valueName: "url"))
  var server: String?

  @Flag(help: "Keep an account that looks new.")
  var new = false

  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if wallet != nil, keypair != nil {
      throw ValidationError("--wallet and --keypair exclude each other")
    }
  }

  func execute(_ context: Context) throws(FonanaError) -> ExitStatus {
    let (wallet, proof) = try identity(context)
    let logIn = { () throws(FonanaError) in try keptLogin(wallet, proof, context) }
    // A profile begins with its first login.
    try PrivateFolder.prepare(context.paths.dataFolder)
    let result =
      if let server { try ServerChoice(server, context).logIn(logIn) } else { try logIn() }
    FirstMirror(context).showProgress()
    try context.output.render(result.account)
    return .done
  }

  private func identity(
    _ context: Context
  ) throws(FonanaError) -> (wallet: WalletAddress, proof: LoginProof?) {
    guard let keypair else { return (try address(context), nil) }
    let file = try KeypairFile(path: keypair, at: context.output.style.now)
    return (file.wallet, file.proof)
  }

  private func address(_ context: Context) throws(FonanaError) -> WalletAddress {
    if let wallet { return try WalletAddress(validating: wallet) }
    guard context.canAsk, let typed = Prompt.ask("Wallet address:") else {
      throw FonanaError(
        .invalidInput, "No wallet was named.", hint: "Type “fonana login --wallet ADDRESS”.")
    }
    return try WalletAddress(validating: typed)
  }

  /// An account that looks new only after a yes.
  private func keptLogin(
    _ wallet: WalletAddress, _ proof: LoginProof?, _ context: Context
  ) throws(FonanaError) -> LoginResult {
    let result = try logIn(wallet, proof, keepNew: new, context)
    guard !result.isKept else { return result }
    guard context.canAsk, Prompt.confirm("\(Self.description(result)) Keep it?") else {
      throw Self.notKept(result)
    }
    return try logIn(wallet, proof, keepNew: true, context)
  }

  private func logIn(
    _ wallet: WalletAddress, _ proof: LoginProof?, keepNew: Bool, _ context: Context
  ) throws(FonanaError) -> LoginResult {
    try context.call(
      Calls.logIn,
      LoginRequest(wallet: wallet.text, server: server, keepNew: keepNew, proof: proof),
      patience: .seconds(90))
  }

  private static func description(_ result: LoginResult) -> String {
    let name = result.account.nickname ?? result.account.wallet ?? "the account"
    return "“\(DisplayText.line(name, limit: 60))” at \(result.account.server) looks new: it has "
      + "no conversations."
  }

  private static func notKept(_ result: LoginResult) -> FonanaError {
    FonanaError(
      .wrongAccount, description(result) + " It was not kept.",
      hint: "Check the address; if it is right, add --new.")
  }
}
