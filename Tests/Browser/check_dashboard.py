"""Looks at the diagnostics page in a real Chromium. Prints a line for each check:
"ok NAME", or "not ok NAME: why". Ends with 0 when all are ok.

Usage: check_dashboard.py FONANA HOME PORT
FONANA: the command. HOME: FONANA_HOME of a daemon that is connected. PORT: its dashboard.port, where
nothing listens yet.
"""

import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import traceback

from webdriver import Browser

FONANA, HOME, PORT = sys.argv[1], sys.argv[2], int(sys.argv[3])
AXE = os.path.join(os.path.dirname(__file__), "../../.build-tools/axe/axe.min.js")
CARDS = ["Account", "Token", "Connection", "Server", "Queue", "Sync", "Latency", "Daemon"]
STEPS = {"wallet": 5, "api": 13, "flow": 27}

checks = []


def check(function):
    checks.append(function)
    return function


def fonana(*arguments):
    return subprocess.run([FONANA, *arguments], check=True, capture_output=True, text=True).stdout


def listens():
    with socket.socket() as connection:
        return connection.connect_ex(("127.0.0.1", PORT)) == 0


@check
def nothing_listens_before_the_command(browser):
    assert not listens()
    browser.address = json.loads(fonana("dashboard", "--json"))["url"]
    assert browser.address.startswith(f"http://127.0.0.1:{PORT}/?key=")
    assert listens()


@check
def without_the_key_there_is_no_page(browser):
    for path in ("", "?key=" + "0" * 64, "page.js", "events"):
        browser.open(f"http://127.0.0.1:{PORT}/{path}")
        assert "fonana dashboard" in browser.text("body"), browser.text("body")
        assert browser.text("h1") is None


@check
def the_address_opens_the_page_and_keeps_no_key(browser):
    browser.open(browser.address)
    browser.wait("the headline", lambda: browser.text("#headline") == "Connected as alice.")
    ticket = browser.address.split("=")[-1]
    assert ticket not in browser.run("return location.href + document.cookie + document.referrer")
    assert browser.run("return document.cookie") == ""
    timing = browser.run("return performance.getEntriesByType('navigation')[0].domInteractive")
    print(f"# interactive after {timing:.0f} ms")


@check
def every_card_is_filled(browser):
    titles = browser.run("return [...document.querySelectorAll('.card h3')].map(e => e.textContent)")
    assert titles == CARDS, titles
    values = browser.run("return [...document.querySelectorAll('dd')].map(e => [e.id, e.textContent])")
    assert len(values) > 40 and all(text for _, text in values), values
    assert not [v for v in values if re.search("undefined|NaN|null|object", v[1])], values
    facts = dict(values)
    assert facts["account-name"] == "alice" and facts["connection-state"] == "connected", facts
    assert re.fullmatch(r"\d+ (min|d|h|s).*", facts["token-time-left"]), facts
    assert "MiB resident" in facts["daemon-memory"], facts


@check
def the_day_is_a_picture_with_its_reasons(browser):
    kinds = browser.run("return [...document.querySelectorAll('#history rect')].map(r => r.classList[0])")
    assert "succeeded" in kinds and ("lost" in kinds or "failed" in kinds), kinds
    label = browser.run("""const image = document.querySelector('#history svg');
        return document.getElementById(image.getAttribute('aria-labelledby')).textContent""")
    assert re.match(r"\d+ attempts?, \d+ succeeded, ", label), label
    assert "×" in browser.text("#reasons"), browser.text("#reasons")
    assert browser.run("return document.querySelectorAll('#periods tr').length") >= 1


@check
def a_sent_message_shows_without_a_reload(browser):
    assert browser.text("#latency-send-round-trip") == "none yet"
    fonana("send", "@bob", "Hello from the page")
    browser.wait("the latency", lambda: "p50" in browser.text("#latency-send-round-trip"))
    assert "Hello from the page" not in browser.run("return document.documentElement.outerHTML")


@check
def the_log_is_live_and_can_be_searched_and_paused(browser):
    said = "The log level was changed."
    visible = "return [...document.querySelectorAll('#list li:not([hidden])')].map(e => e.textContent)"
    fonana("daemon", "log-level", "debug")
    browser.wait("a line", lambda: any(said in line for line in browser.run(visible)))
    browser.type("#search", "LEVEL WAS")
    assert all(said in line for line in browser.run(visible))
    browser.click("#categories input[value=control]")
    assert browser.run(visible) == []
    browser.click("#categories input[value=control]")
    browser.run("const l = document.getElementById('level'); l.value = 'warning';"
                "l.dispatchEvent(new Event('change'))")
    assert browser.run(visible) == []
    browser.run("const l = document.getElementById('level'); l.value = 'trace';"
                "l.dispatchEvent(new Event('change'))")
    boxes = browser.run("return [...document.querySelectorAll('#categories input')].map(e => e.value)")
    assert "hook" in boxes and len(boxes) == 8, boxes
    before = len(browser.run(visible))
    browser.type("#pause", "space")
    fonana("daemon", "log-level", "info")
    browser.wait("the pause", lambda: re.search(r"paused, [1-9]", browser.text("#count")))
    assert len(browser.run(visible)) == before
    browser.type("#pause", "space")
    browser.wait("the rest", lambda: len(browser.run(visible)) == before + 1)
    browser.run("const s = document.getElementById('search'); s.value = '';"
                "s.dispatchEvent(new Event('input'))")


@check
def each_test_shows_its_steps(browser):
    for act, count in STEPS.items():
        press_and_wait(browser, act)
        marks = browser.run("return [...document.querySelectorAll('#steps li')].map(e => e.className)")
        assert len(marks) == count and "fail" not in marks and "ok" in marks, (act, marks)
        assert browser.text("#verdict").endswith("all is well."), (act, browser.text("#steps"))
    browser.wait("the connection", lambda: browser.text("#connection-state") == "connected")


@check
def reconnecting_is_shown_to_its_end(browser):
    before = browser.text("#connection-attempts")
    press_and_wait(browser, "reconnect")
    assert browser.text("#steps li:last-child strong") == "Connection: connected"
    browser.wait("one more", lambda: browser.text("#connection-attempts") != before)


@check
def lines_of_others_are_text_and_the_page_keeps_500(browser):
    browser.run_later("""const done = arguments[0];
        import(location.href + "log.js").then((log) => {
          for (let i = 0; i < 700; i++) log.addLine({
            at: new Date().toISOString(), level: "info", category: "sync", stage: null,
            message: `<img src=x onerror="document.title='broken'"> ${i}`, fields: { n: `${i}` } });
          done();
        })""")
    browser.wait("the last line", lambda: "onerror" in browser.text("#list li:last-child"))
    assert browser.run("return document.querySelectorAll('#list li').length") == 500
    assert browser.run("return document.images.length") == 0
    assert browser.run("return document.title") == "fonana diagnostics"


@check
def a_page_left_open_for_a_day_stays_as_small(browser):
    """What comes in a day, in a moment: 20,000 lines, half of them during a pause, and 800 states."""
    half_a_day = """const [paused, done] = arguments;
        const log = await import(location.href + "log.js");
        const { showState } = await import(location.href + "state.js");
        const { showHistory } = await import(location.href + "history.js");
        const status = await new Promise((told) => {
          const stream = new EventSource("events");
          stream.addEventListener("status", (event) => {
            stream.close();
            told(JSON.parse(event.data));
          }); });
        const frame = () => new Promise(requestAnimationFrame);
        if (paused) document.getElementById("pause").click();
        const now = Date.parse(status.now), period = status.diagnostics.connection.periodSeconds;
        for (let i = 0; i < 10000; i++) {
          log.addLine({ at: status.now, level: "info", category: "sync", stage: null,
            message: `line ${i}`, fields: { n: `${i}` } });
          if (i % 100 == 0) await frame();
          if (i % 25) continue;
          status.status.connection.attempts.succeeded = i;
          status.diagnostics.connection.periods = Array.from({ length: 97 }, (_, back) => ({
            from: new Date(now - back * period * 1000).toISOString(), attempts: i, succeeded: 3,
            failed: i % 7, lost: 2, connectedSeconds: 300, incidents: {},
            reasons: [{ reason: `closed-${1000 + i % 500}`, count: 1 }] }));
          showState(status);
          showHistory(status.diagnostics.connection, now);
        }
        if (paused) document.getElementById("pause").click();
        await frame(); await frame();
        done();"""
    sizes = []
    for paused in (False, True):
        browser.run_later(f"(async (...arguments) => {{{half_a_day}}})(...arguments)", paused)
        assert browser.run("return document.querySelectorAll('#list li').length") == 500
        # The daemon's own state comes back, and with it the small picture of its short life.
        browser.wait("the state", lambda: browser.run("return periods.childElementCount") < 10)
        elements = browser.run("return document.querySelectorAll('*').length")
        browser.cdp("Performance.enable")
        browser.cdp("HeapProfiler.collectGarbage")
        metrics = {m["name"]: m["value"] for m in browser.cdp("Performance.getMetrics")["metrics"]}
        sizes.append((elements, metrics["Nodes"]))
    print(f"# elements and nodes after half a day and after a day: {sizes}")
    assert all(elements < 2500 for elements, _ in sizes), sizes
    assert sizes[1][0] <= sizes[0][0] + 50 and sizes[1][1] <= sizes[0][1] + 500, sizes


@check
def every_control_is_reached_by_the_keyboard(browser):
    wanted = browser.run("""return [...document.querySelectorAll(
        "button, select, input, summary, [tabindex='0']")].filter(
        e => e.checkVisibility() && !e.closest("dialog")).length""")
    browser.run("document.activeElement.blur(); window.seen = new Set()")
    for _ in range(wanted + 3):
        browser.press("tab")
        browser.run("if (document.activeElement !== document.body) seen.add(document.activeElement)")
    assert browser.run("return seen.size") == wanted, wanted


@check
def it_fits_and_breaks_no_rule_in_light_and_dark_wide_and_narrow(browser):
    for scheme in ("light", "dark"):
        for width in (1200, 360):
            browser.show_as(scheme, width)
            over = browser.run("return document.documentElement.scrollWidth")
            assert over <= width, f"{over} px on {width}"
            assert_accessible(browser, f"{scheme} {width}")
    browser.show_as()


@check
def nothing_comes_from_elsewhere_and_no_secret_is_there(browser):
    origin = f"http://127.0.0.1:{PORT}/"
    loaded = browser.run("return performance.getEntriesByType('resource').map(e => e.name)")
    assert loaded and all(name.startswith(origin) for name in loaded), loaded
    with open(os.path.join(HOME, "state/default/credentials.json")) as file:
        token = json.load(file)["token"]
    page = browser.run("return document.documentElement.outerHTML")
    assert token not in page and token.split(".")[-1] not in page
    with open(os.path.join(HOME, "state/default/fonanad.log")) as file:
        log = file.read()
    assert browser.address.split("=")[-1] not in log
    assert browser.run("return location.pathname").strip("/") not in log


@check
def the_token_is_forgotten_after_a_question_only(browser):
    browser.type("[data-act=forget]", "enter")
    assert browser.run("return document.getElementById('sure').open")
    assert_accessible(browser, "dialog")
    browser.press("escape")
    assert not browser.run("return document.getElementById('sure').open")
    assert browser.text("#token-state") == "valid"
    browser.type("[data-act=forget]", "enter")
    browser.type("#sure-yes", "enter")
    browser.wait("the end", lambda: "well" in browser.text("#verdict"))
    browser.wait("the headline", lambda: "fonana login" in browser.text("#headline"))
    assert browser.text("#token-state") == "missing"


@check
def the_console_has_no_complaint(browser):
    # The refusals of the beginning, and of the icons that those pages have not, come when they like.
    complaints = [text for text in browser.complaints() if "status of 401" not in text]
    assert complaints == [], complaints


@check
def a_daemon_that_is_gone_is_said(browser):
    fonana("daemon", "stop")
    browser.wait("the headline", lambda: "does not answer" in browser.text("#headline"))


def press_and_wait(browser, act):
    browser.type(f"[data-act={act}]", "enter")
    verdict = browser.wait("the end of " + act, lambda: (
        lambda text: text if "at work" not in text else None)(browser.text("#verdict")))
    return verdict


def assert_accessible(browser, where):
    assert os.path.exists(AXE), "axe-core is missing: make deps fetches it"
    with open(AXE) as file:
        browser.run(file.read() + ";window.axe = axe")
    found = browser.run_later("""const done = arguments[0];
        axe.run().then((r) => done(r.violations.map(
          (v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 120)).join(" | ")}`)))""")
    assert found == [], f"{where}: {found}"
    assert len(browser.run("return axe.getRules()")) > 80, "not all of its rules are there"


def main():
    failures = 0
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        browser = Browser(profile, patience=60)
        try:
            for function in checks:
                try:
                    function(browser)
                    print("ok", function.__name__, flush=True)
                except Exception as error:
                    failures += 1
                    place = traceback.extract_tb(error.__traceback__)
                    lines = ",".join(str(frame.lineno) for frame in place if "check_" in frame.filename)
                    text = " ".join(f"{type(error).__name__} {error}".split())[:1500]
                    print(f"not ok {function.__name__}: line {lines}: {text}", flush=True)
        finally:
            browser.close()
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
