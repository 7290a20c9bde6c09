"""Makes the pictures of docs/dashboard from the real page, in its states.

Usage: take_pictures.py [PRODUCTS [FOLDER]]
PRODUCTS: where fonana, fonanad and fonana-server are; else .build-release/release.
"""

import base64
import json
import pathlib
import sys
import tempfile
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "Benchmarks"), str(ROOT / "Tests" / "Browser")]
import playground  # noqa: E402
from palette import reduced  # noqa: E402
from webdriver import Browser  # noqa: E402

FOLDER = ROOT / "docs" / "dashboard"
LARGEST = 150_000


def open_page(ground, browser, headline):
    browser.open(json.loads(ground.fonana("dashboard", "--json"))["url"])
    browser.wait(headline, lambda: headline in (browser.text("#headline") or ""))


def take(browser, name, scheme="light", width=1000):
    browser.show_as(scheme, width)
    browser.run("document.activeElement.blur(); scrollTo(0, 0)")
    browser.show_as(scheme, width, browser.run("return document.documentElement.scrollHeight"))
    taken = base64.b64decode(browser.cdp("Page.captureScreenshot", format="png")["data"])
    browser.show_as()
    return name, taken


def save(browser, pictures, folder):
    browser.open("about:blank")
    for name, taken in pictures:
        data = reduced(browser, taken)
        assert len(data) < LARGEST, f"{name}: {len(data)} bytes"
        (folder / f"{name}.png").write_bytes(data)
        print(f"{name}.png: {len(data)} bytes")


def lose_connections(ground, count):
    """So that the picture of the day has something to show."""
    for number in range(count):
        ground.wait("connected")
        address = f"http://127.0.0.1:{ground.ports[0]}/_control/sockets"
        body = json.dumps({"code": 1011 if number % 2 else 1001, "reason": "restart"}).encode()
        request = urllib.request.Request(
            address, body, {"Content-Type": "application/json"}, method="DELETE")
        urllib.request.urlopen(request).close()
    ground.wait("connected")


def main():
    if len(sys.argv) > 1:
        playground.PRODUCTS = pathlib.Path(sys.argv[1]).resolve()
    folder = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else FOLDER
    pictures = []
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile, \
            playground.Playground(300, 12) as ground:
        browser = Browser(profile, patience=60)
        try:
            ground.start_server()
            ground.start_daemon("--time-scale", "10")
            open_page(ground, browser, "login")
            pictures.append(take(browser, "before-login"))
            ground.log_in()
            lose_connections(ground, 6)
            ground.fonana("send", "@partner1", "Hello")
            browser.type("[data-act=api]", "enter")
            browser.wait("its end", lambda: "all is well" in (browser.text("#verdict") or ""))
            browser.wait("Connected", lambda: "Connected" in browser.text("#headline"))
            pictures.append(take(browser, "light"))
            pictures.append(take(browser, "dark", "dark"))
            pictures.append(take(browser, "narrow", "light", 360))
            ground.stop_server()
            browser.wait("the fault", lambda: "Connected" not in browser.text("#headline"))
            browser.type("[data-act=api]", "enter")
            browser.wait("its end", lambda: "at work" not in browser.text("#verdict")
                         and "all is well" not in browser.text("#verdict"))
            pictures.append(take(browser, "not-connected"))
            save(browser, pictures, folder)
        finally:
            browser.close()


main()
