"""What people would use instead, from Debian's packages; each in a folder of its own."""
import contextlib
import os
import pathlib
import re
import shutil
import socket
import subprocess
import tempfile
import time

import timing
import world

PACKAGES = {"syncthing": "syncthing", "mpc": "mpc", "mpd": "mpd", "notmuch": "notmuch"}


def missing():
    return [package for program, package in PACKAGES.items() if not shutil.which(program)]


@contextlib.contextmanager
def commands(ground):
    """A small daemon with a command beside it, twice."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="fb-peers-", dir="/tmp"))
    with contextlib.ExitStack() as stack:
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        yield {"mpc version": mpc(folder, stack), "syncthing cli": syncthing(folder, stack)}


def started(stack, arguments, environment):
    process = subprocess.Popen(arguments, env=environment, stdin=subprocess.DEVNULL,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    stack.callback(process.wait)
    stack.callback(process.terminate)
    return process


def until_it_answers(arguments, environment):
    for _ in range(600):
        with contextlib.suppress(RuntimeError):
            return timing.run(arguments, environment)
        time.sleep(0.1)
    raise RuntimeError(f"{arguments[0]} does not answer")


def mpc(folder, stack):
    socket = folder / "mpd.sock"
    (folder / "mpd.conf").write_text(
        f'bind_to_address "{socket}"\ndb_file "{folder}/db"\nmusic_directory "{folder}"\n'
        'audio_output {\n type "null"\n name "none"\n}\n')
    environment = os.environ | {"HOME": str(folder), "MPD_HOST": str(socket)}
    started(stack, ["mpd", "--no-daemon", str(folder / "mpd.conf")], environment)
    arguments = ["mpc", "version"]
    until_it_answers(arguments, environment)
    return lambda: timing.run(arguments, environment)


def syncthing(folder, stack):
    home = folder / "syncthing"
    environment = os.environ | {"HOME": str(folder), "STNORESTART": "1"}
    subprocess.run(["syncthing", "generate", f"--home={home}", "--no-default-folder"],
                   env=environment, check=True, capture_output=True)
    config = home / "config.xml"
    # On loopback only: no discovery, no relays, no reports, no listener for others.
    text = config.read_text()
    for name in ("globalAnnounceEnabled", "localAnnounceEnabled", "relaysEnabled", "natEnabled",
                 "crashReportingEnabled"):
        text = text.replace(f"<{name}>true</{name}>", f"<{name}>false</{name}>")
    text = text.replace("<listenAddress>default</listenAddress>",
                        "<listenAddress>tcp://127.0.0.1:0</listenAddress>")
    text = re.sub("<address>127.0.0.1:.*?</address>",
                  f"<address>127.0.0.1:{free_port()}</address>", text)
    config.write_text(text)
    started(stack, ["syncthing", "serve", f"--home={home}", "--no-browser", "--no-upgrade"],
            environment)
    arguments = ["syncthing", "cli", f"--home={home}", "show", "version"]
    until_it_answers(arguments, environment)
    return lambda: timing.run(arguments, environment)


def free_port():
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def notmuch_seconds(folder, count):
    """The seconds that `notmuch new` takes for as many messages of the same texts."""
    mail = folder / "mail"
    for part in ("cur", "new", "tmp"):
        (mail / part).mkdir(parents=True)
    for number, (_, _, sender, text, _) in enumerate(world.messages(count, 10)):
        (mail / "cur" / f"{number}:2,S").write_text(
            f"From: {sender}@example.org\nTo: me@example.org\nSubject: m{number}\n"
            f"Message-Id: <{number}@example.org>\nDate: Wed, 1 Jan 2025 00:00:00 +0000\n\n{text}\n")
    config = folder / "notmuch.conf"
    config.write_text(f"[database]\npath={mail}\n[user]\nname=me\nprimary_email=me@example.org\n")
    environment = os.environ | {"HOME": str(folder), "NOTMUCH_CONFIG": str(config)}
    return timing.run(["notmuch", "new", "--quiet"], environment) / 1000
