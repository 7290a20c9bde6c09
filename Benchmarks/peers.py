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
from notmuch import INSERT, SEARCH, Mail  # noqa: F401

MPC, SYNCTHING = "mpc version", "syncthing cli"


@contextlib.contextmanager
def commands(ground):
    """What commands cost elsewhere, by name."""
    with daemons() as each:
        actions = {peer.name: peer.command for peer in each}
        mail = Mail(ground.home)
        yield actions | {SEARCH: mail.search(world.word(1_000))}


@contextlib.contextmanager
def daemons():
    """Small daemons with a command beside them."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="fb-peers-", dir="/tmp"))
    with contextlib.ExitStack() as stack:
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        yield [mpc(folder, stack), syncthing(folder, stack)]


class Daemon:
    """Started, and ended by `stack`; `seconds`: from its start to its first answer."""

    def __init__(self, stack, name, arguments, asking, environment):
        self.name = name
        self.daemon = arguments[0]
        self.command = lambda: timing.run(asking, environment)
        begin = time.perf_counter()
        self.process = subprocess.Popen(
            arguments, env=environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        stack.callback(self.process.wait)
        stack.callback(self.process.terminate)
        self._wait_for_answer()
        self.seconds = time.perf_counter() - begin

    def _wait_for_answer(self):
        for _ in range(6_000):
            with contextlib.suppress(RuntimeError):
                return self.command()
            time.sleep(0.01)
        raise RuntimeError(f"{self.name} does not answer")


def mpc(folder, stack):
    socket = folder / "mpd.sock"
    (folder / "mpd.conf").write_text(
        f'bind_to_address "{socket}"\ndb_file "{folder}/db"\nmusic_directory "{folder}"\n'
        'audio_output {\n type "null"\n name "none"\n}\n')
    environment = os.environ | {"HOME": str(folder), "MPD_HOST": str(socket)}
    return Daemon(stack, MPC, ["mpd", "--no-daemon", str(folder / "mpd.conf")],
                  ["mpc", "version"], environment)


def syncthing(folder, stack):
    home = folder / "syncthing"
    # One process, as the others: without the one that starts it again.
    environment = os.environ | {"HOME": str(folder), "STNORESTART": "1", "STMONITORED": "yes"}
    subprocess.run(["syncthing", "generate", f"--home={home}", "--no-default-folder"],
                   env=environment, check=True, capture_output=True)
    keep_to_loopback(home / "config.xml")
    return Daemon(stack, SYNCTHING,
                  ["syncthing", "serve", f"--home={home}", "--no-browser", "--no-upgrade"],
                  ["syncthing", "cli", f"--home={home}", "show", "version"], environment)


def keep_to_loopback(config):
    """No discovery, no relays, no reports, no listener for others."""
    text = config.read_text()
    for name in ("globalAnnounceEnabled", "localAnnounceEnabled", "relaysEnabled", "natEnabled",
                 "crashReportingEnabled"):
        text = text.replace(f"<{name}>true</{name}>", f"<{name}>false</{name}>")
    text = text.replace("<listenAddress>default</listenAddress>",
                        "<listenAddress>tcp://127.0.0.1:0</listenAddress>")
    config.write_text(re.sub("<address>127.0.0.1:.*?</address>",
                             f"<address>127.0.0.1:{free_port()}</address>", text))


def free_port():
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
