extension DashboardPage {
  /// The cards of the upper half, and the headline.
  static let state = #"""
    import { byID, make, plural, set, size, span } from "./dom.js";

    let latest = null;
    let receivedAt = 0;
    let shown = [];

    /// The daemon's time, which need not be the browser's.
    const now = () => Date.parse(latest.now) + (performance.now() - receivedAt);
    const ago = (text) => text ? `${span((now() - Date.parse(text)) / 1000)} ago` : "never";
    const until = (text) => text ? `in ${span((Date.parse(text) - now()) / 1000)}` : "-";
    const known = (value) => value ?? "-";
    const trouble = (error) => error ? [error.message, error.hint].filter(Boolean).join(" ") : "none";
    const quantiles = (latency) => latency.count === 0 ? "none yet"
      : `p50 ${latency.p50Ms} ms, p99 ${latency.p99Ms} ms (${latency.count})`;
    const block = (b) => `${b.to} is ${b.state}, ${plural(b.waiting, "message")} behind it`;

    const left = (token) => {
      if (!token.expiresAt) return "-";
      const seconds = (Date.parse(token.expiresAt) - now()) / 1000;
      return seconds > 0 ? span(seconds) : `over since ${span(-seconds)}`;
    };

    const cards = [
      ["Account", ({ account: a }) => ({
        Name: known(a.nickname), Wallet: known(a.wallet), User: known(a.userId), Server: a.server,
        Protocol: a.generation ? `generation ${a.generation}` : "-", Version: known(a.serverVersion),
      })],
      ["Token", ({ token: t }) => ({
        State: t.state, "Time left": left(t), "Next refresh": until(t.nextRefreshAt),
        Refreshes: t.refreshes,
      })],
      ["Connection", ({ connection: c }) => ({
        State: c.state, Since: c.since ? span((now() - Date.parse(c.since)) / 1000) : "-",
        Attempts: `${c.attempts.succeeded} succeeded, ${c.attempts.failed} failed`,
        "Last event": ago(c.lastEventAt), "Last pong": ago(c.lastPongAt),
        "Next try": until(c.nextAttemptAt), "Push seen": c.pushSeen ? "yes" : "not yet",
        "Last error": trouble(c.lastError),
      })],
      ["Server", ({ server: s }) => ({
        Reachable: s.reachable ? "yes" : "no", "Last answer": ago(s.lastSuccessAt),
        "Last error": trouble(s.lastError),
      })],
      ["Queue", ({ outbox: o }) => ({
        Queued: o.queued, Sending: o.sending, Uncertain: o.uncertain, Parked: o.parked, Held: o.held,
        Blocking: o.blocking.map(block).join("; ") || "nothing",
      })],
      ["Sync", ({ sync: s }) => ({
        State: `${s.state} (${s.mode})`, "Complete to": s.completeUpTo ? ago(s.completeUpTo) : "never",
        "Known by": s.source, Gaps: s.gaps, "Cut texts": s.incomplete, Unreadable: s.unreadable,
        Mirror: `${plural(s.messages, "message")}, ${plural(s.conversations, "conversation")}`,
        Size: size(s.databaseBytes), Damage: s.damage ? s.damage.reason : "none",
      })],
      ["Latency", (_, { latencies: l }) => ({
        "Push to disk": quantiles(l.pushToDisk), "Send round trip": quantiles(l.sendRoundTrip),
      })],
      ["Daemon", ({ daemon: d }) => ({
        Memory: `${size(d.residentBytes)} resident, ${size(d.anonymousBytes)} of its own`,
        CPU: `${d.cpuSeconds.toFixed(1)} s`, "Up for": ago(d.startedAt).replace(" ago", ""),
        Restarts: d.restarts, "Last exit": known(d.lastExit), Clients: d.clients, Process: d.pid,
      })],
    ];

    const nameOf = (title, name) => `${title} ${name}`.toLowerCase().replaceAll(" ", "-");

    function build(title, facts) {
      const card = make("div", "card");
      const list = make("dl");
      for (const name of Object.keys(facts)) {
        const value = make("dd");
        value.id = nameOf(title, name);
        list.append(make("dt", "", name), value);
      }
      card.append(make("h3", "", title), list);
      byID("cards").append(card);
    }

    /// Once a second, so that ages grow.
    export function tick() {
      if (!latest) return;
      for (const [title, read] of cards) {
        const facts = read(latest.status, latest.diagnostics);
        if (!shown.includes(title)) {
          shown.push(title);
          build(title, facts);
        }
        for (const [name, value] of Object.entries(facts)) {
          set(byID(nameOf(title, name)), String(value));
        }
      }
    }

    /// Gives the headline, and whether it is good news.
    export function showState(snapshot) {
      latest = snapshot;
      receivedAt = performance.now();
      tick();
      const { account, connection, daemon, token } = snapshot.status;
      set(byID("footer"), `fonanad ${daemon.version} (${daemon.commit}), profile ${snapshot.profile}`);
      if (token.state === "missing") {
        return ["Nobody is logged in: type “fonana login --wallet ADDRESS”.", "fail"];
      }
      const who = account.nickname ?? account.wallet ?? "nobody";
      if (connection.state === "connected") return [`Connected as ${who}.`, "ok"];
      const why = connection.lastError ? ` ${connection.lastError.message}` : "";
      return [`Not connected (${connection.state}).${why}`, "fail"];
    }
    """#
}
