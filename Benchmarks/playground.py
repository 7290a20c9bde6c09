"""A reference server and a daemon in a folder of their own, with the release products."""
import contextlib
import http.client
import json
import os
import pathlib
import shutil
import sqlite3
import subprocess
import tempfile
import time
import urllib.request

import world
from peer import Peer

ROOT = pathlib.Path(__file__).resolve().parent.parent
PRODUCTS = pathlib.Path(os.environ.get("FONANA_PRODUCTS", ROOT / ".build-release" / "release"))


class Playground:
    def __init__(self, count, conversations, *server_options, is_mixed=False):
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="fb-", dir="/tmp"))
        self.data = self.home / "server.sqlite"
        self.server = None
        self.ports = (0, 0)
        self.server_options = server_options
        self.environment = {
            "HOME": str(self.home), "FONANA_HOME": str(self.home / "f"),
            "FONANA_DAEMON": str(PRODUCTS / "fonanad"), "FONANA_NOTIFICATIONS": "false",
            "FONANA_NO_AUTOSTART": "1", "PATH": f"{PRODUCTS}:{os.environ['PATH']}",
            "LANG": "C.UTF-8",
        }
        self.daemon = None
        world.write(self.data, self.schema(), count, conversations, is_mixed)

    def schema(self):
        """Of an empty data file, from the server itself."""
        empty = self.home / "empty.sqlite"
        process, _ = self.launch(empty)
        process.terminate()
        process.wait()
        with contextlib.closing(sqlite3.connect(empty)) as file:
            rows = file.execute("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL").fetchall()
        return [row[0] for row in rows]

    def launch(self, data, *options):
        process = subprocess.Popen(
            [PRODUCTS / "fonana-server", "--data", data, "--port", str(self.ports[0]),
             "--ws-port", str(self.ports[1]), *options],
            stdout=subprocess.PIPE, stderr=open(self.home / "server.log", "ab"), text=True)
        line = process.stdout.readline()
        facts = dict(part.split("=") for part in line.split() if "=" in part)
        if "http" not in facts:
            raise RuntimeError(f"no server: {(self.home / 'server.log').read_text()}")
        return process, (int(facts["http"]), int(facts["ws"]))

    def start_server(self):
        self.server, self.ports = self.launch(self.data, "--control", *self.server_options)
        self.environment["FONANA_SERVER"] = f"http://127.0.0.1:{self.ports[0]}"
        self.environment["FONANA_WEBSOCKET"] = f"ws://127.0.0.1:{self.ports[1]}/ws"

    def stop_server(self):
        self.server.terminate()
        self.server.wait()
        self.server = None

    def start_daemon(self, *options):
        """Returns when it answers; the seconds that took."""
        begin = time.perf_counter()
        self.daemon = subprocess.Popen(
            [PRODUCTS / "fonanad", *options], env=self.environment,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while True:
            try:
                with self.connection() as peer:
                    peer.call("status.get", {})
                return time.perf_counter() - begin
            except OSError:
                time.sleep(0.001)

    def stop_daemon(self):
        self.daemon.terminate()
        self.daemon.wait()
        self.daemon = None

    @property
    def store(self):
        return next((self.home / "f").rglob("fonana.sqlite"))

    def sql(self, query):
        with contextlib.closing(sqlite3.connect(f"file:{self.store}?mode=ro", uri=True)) as file:
            return file.execute(query).fetchone()[0]

    def connection(self):
        return Peer(self.socket_path())

    def socket_path(self):
        found = list((self.home / "f").rglob("*.sock"))
        if not found:
            raise FileNotFoundError("no socket yet")
        return str(found[0])

    def fonana(self, *arguments):
        return subprocess.run(
            [PRODUCTS / "fonana", *arguments], env=self.environment, check=True,
            capture_output=True, text=True).stdout

    def log_in(self):
        self.fonana("login", "--wallet", world.MY_WALLET, "--no-input")

    def connect(self):
        """A daemon that has everything and hears of what is new."""
        self.start_server()
        self.start_daemon()
        self.log_in()
        self.wait("synced")
        self.wait("connected")

    def wait(self, goal, limit="30m"):
        self.fonana("wait", "--for", goal, "--timeout", limit)

    def control(self, path):
        """GET of the server's control interface."""
        address = f"http://127.0.0.1:{self.ports[0]}{path}"
        with urllib.request.urlopen(address) as answer:
            return json.load(answer)

    def post(self, path, body):
        """POST to the server's control interface."""
        peer = http.client.HTTPConnection("127.0.0.1", self.ports[0])
        peer.request("POST", path, json.dumps(body), {"Content-Type": "application/json"})
        answer = json.loads(peer.getresponse().read())
        peer.close()
        return answer

    def close(self):
        if self.daemon:
            self.stop_daemon()
        if self.server:
            self.stop_server()
        shutil.rmtree(self.home)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
