extension ControlRouter {
  /// All methods of docs/rpc.md.
  init(
    _ context: DaemonContext, renderer: EventRenderer, status: StatusHandler,
    dashboard: Dashboard, notify: NotifyHandler,
    stop: @escaping @Sendable () async -> Void
  ) {
    self.init()
    AccountHandler(context: context).register(in: &self)
    MessageHandler(context: context).register(in: &self)
    SearchHandler(context: context).register(in: &self)
    SendHandler(context: context).register(in: &self)
    ImageHandler(context: context).register(in: &self)
    ReadHandler(context: context).register(in: &self)
    ConversationHandler(context: context).register(in: &self)
    OutboxHandler(context: context).register(in: &self)
    StoreHandler(context: context).register(in: &self)
    NotificationHandler(context: context).register(in: &self)
    notify.register(in: &self)
    status.register(in: &self)
    DiagnosticsHandler(context: context).register(in: &self)
    DoctorHandler(context: context).register(in: &self)
    DashboardHandler(dashboard: dashboard).register(in: &self)
    WaitHandler(context: context).register(in: &self)
    EventHandler(context: context, renderer: renderer).register(in: &self)
    ConsumerHandler(context: context).register(in: &self)
    HookHandler(context: context).register(in: &self)
    DaemonHandler(context: context, stop: stop).register(in: &self)
  }
}
