import ServiceLifecycle

/// The hooks of the configuration, side by side: one that hangs holds up no other.
struct HookService: Service {
  let context: DaemonContext
  let renderer: EventRenderer

  func run() async throws {
    await cancelWhenGracefulShutdown {
      await withDiscardingTaskGroup { group in
        for hook in context.configuration.hooks {
          group.addTask {
            await HookRunner(hook: hook, context: context, renderer: renderer).run()
          }
        }
      }
    }
    // A service that ends before it is told to counts as failed.
    try? await gracefulShutdown()
  }
}
