"""How long it takes to see what is wrong: the doctor, and the diagnostics page in a real Chromium."""
import json
import pathlib
import sys
import tempfile

import playground
import timing

BROWSER = pathlib.Path(__file__).resolve().parent.parent / "Tests" / "Browser"
INTERACTIVE = "return performance.getEntriesByType('navigation')[0].domInteractive"
DRAWN = "return document.querySelector('#connection-state')?.textContent === 'connected'"


def measure(table, options):
    print("diagnosis, with a small account")
    with playground.Playground(1_000, 50) as ground:
        ground.connect()
        doctor(ground, table, min(options.rounds, 21))
        page(ground, table, min(options.rounds, 11))


def doctor(ground, table, rounds):
    """Against a healthy server: of what may be broken, all must be well."""
    def examine():
        report = json.loads(ground.fonana("doctor", "--json"))
        if not report["ok"]:
            raise RuntimeError(f"the doctor finds {report}")

    samples = sorted(timing.timed(examine) for _ in range(rounds))
    table.at_most("diagnosis", "doctor, all links of a healthy server, p50",
                  timing.median(samples) / 1000, 3, "s")
    table.at_most("diagnosis", "doctor, the slowest of them", samples[-1] / 1000, 3, "s")


def page(ground, table, rounds):
    sys.path.insert(0, str(BROWSER))
    from webdriver import Browser  # chromium-driver is there where the tests run
    samples = []
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        browser = Browser(profile, patience=60)
        try:
            for _ in range(rounds):
                browser.open(json.loads(ground.fonana("dashboard", "--json"))["url"])
                browser.wait("the state", lambda: browser.run(DRAWN))
                samples.append(browser.run(INTERACTIVE))
        finally:
            browser.close()
    samples.sort()
    table.at_most("diagnosis", "diagnostics page until it is interactive, p50",
                  timing.median(samples), 300, "ms")
    table.add("diagnosis", "the slowest of them", samples[-1], "ms")
