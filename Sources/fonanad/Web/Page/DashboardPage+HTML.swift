extension DashboardPage {
  static let html = #"""
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>fonana diagnostics</title>
    <link rel="icon" href="icon.svg">
    <link rel="stylesheet" href="page.css">
    <script type="module" src="page.js"></script>
    </head>
    <body>
    <header>
      <h1>fonana diagnostics</h1>
      <p id="headline" role="status">Waiting for the daemon…</p>
    </header>
    <main>
    <noscript><p>This page needs JavaScript. “fonana status” and “fonana doctor” do not.</p></noscript>

    <section aria-labelledby="state-title">
      <h2 id="state-title">State</h2>
      <div id="cards"></div>
    </section>

    <section aria-labelledby="history-title">
      <h2 id="history-title">Connection in the last 24 hours</h2>
      <p id="history-summary"></p>
      <div id="history"></div>
      <p class="axis" aria-hidden="true"><span>24 h ago</span><span>12 h ago</span><span>now</span></p>
      <ul class="legend">
        <li><span class="swatch succeeded" aria-hidden="true"></span>succeeded</li>
        <li><span class="swatch failed" aria-hidden="true"></span>failed</li>
        <li><span class="swatch lost" aria-hidden="true"></span>lost later</li>
      </ul>
      <h3 id="reasons-title">Reasons</h3>
      <ul id="reasons" aria-labelledby="reasons-title"></ul>
      <details>
        <summary>As a table</summary>
        <div class="wide" tabindex="0" role="region" aria-label="Connection in periods">
        <table>
          <thead><tr><th scope="col">From</th><th scope="col">Attempts</th>
            <th scope="col">Succeeded</th><th scope="col">Failed</th><th scope="col">Lost</th></tr></thead>
          <tbody id="periods"></tbody>
        </table>
        </div>
      </details>
    </section>

    <section aria-labelledby="acts-title">
      <h2 id="acts-title">Try it</h2>
      <div id="acts">
        <button type="button" data-act="wallet">Check wallet</button>
        <button type="button" data-act="api">Test auth API</button>
        <button type="button" data-act="flow">Test full JWT flow</button>
        <button type="button" data-act="reconnect">Reconnect</button>
        <button type="button" data-act="forget" class="grave">Forget token</button>
      </div>
      <p id="verdict" role="status"></p>
      <ol id="steps" aria-label="Steps"></ol>
    </section>

    <section aria-labelledby="log-title">
      <h2 id="log-title">Log</h2>
      <div id="filters">
        <label>Level <select id="level">
          <option>trace</option><option>debug</option><option selected>info</option>
          <option>notice</option><option>warning</option><option>error</option>
        </select></label>
        <label>Search <input id="search" type="search" autocomplete="off" spellcheck="false"></label>
        <button type="button" id="pause" aria-pressed="false">Pause</button>
        <fieldset><legend>Categories</legend><div id="categories"></div></fieldset>
      </div>
      <p id="count"></p>
      <div id="lines" role="log" aria-live="off" aria-label="Log lines" tabindex="0"><ol id="list"></ol></div>
    </section>
    </main>
    <footer><p id="footer"></p></footer>

    <dialog id="sure" aria-labelledby="sure-title">
      <h2 id="sure-title">Forget the token?</h2>
      <p>The connection is closed, and nothing is fetched or sent until “fonana login” has got a new
        token. Messages and the outbox stay.</p>
      <div class="choices">
        <button type="button" id="sure-no">Keep it</button>
        <button type="button" id="sure-yes" class="grave">Forget it</button>
      </div>
    </dialog>
    </body>
    </html>
    """#

  static let icon = #"""
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="3" fill="#1a56b0"/><path d="M5 13V3h7M5 8h5" fill="none" stroke="#fff" stroke-width="2"/></svg>
    """#
}
