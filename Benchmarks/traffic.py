"""Requests and bytes an hour, in scaled time: the server counts the ones, a relay the others."""
import threading
import time

import playground
import relay
import world

# An hour in a minute. Faster, and the answers of a large list would take a part of it.
SCALE = 60
PARTNER = world.name(0)


def measure(table):
    print(f"traffic, hours of {3600 // SCALE} s")
    for conversations in (50, 5_000):
        with playground.Playground(conversations * 2, conversations) as ground:
            hours(ground, table, conversations)


def hours(ground, table, conversations):
    label = f"{conversations:,} conversations"
    ground.start_server()
    http, socket = (relay.Relay(port) for port in ground.ports)
    ground.environment["FONANA_SERVER"] = f"http://127.0.0.1:{http.port}"
    ground.environment["FONANA_WEBSOCKET"] = f"ws://127.0.0.1:{socket.port}/ws"
    # The first mirror is over before time is scaled: its rests are for people.
    ground.start_daemon("--pace", "off")
    ground.log_in()
    ground.wait("synced")
    ground.stop_daemon()
    ground.start_daemon("--time-scale", str(SCALE))
    ground.wait("connected")
    for name, limit, bar in (("first idle", 220, 20), ("second idle", 100, 20)):
        requests, sent = hour(ground, http, socket)
        table.at_most("traffic", f"{label}, {name} hour", requests, limit, "requests")
        table.at_most("traffic", f"{label}, {name} hour, on the wire", sent, bar, "MB")
    with watching(ground):
        requests, sent = hour(ground, http, socket)
    table.add("traffic", f"{label}, watched hour", requests, "requests")
    table.at_most("traffic", f"{label}, watched hour, on the wire", sent, 200, "MB")
    http.close()
    socket.close()


def hour(ground, *relays):
    """Requests, and megabytes in both directions."""
    begun, sent = total(ground), sum(each.bytes for each in relays)
    time.sleep(3600 / SCALE)
    return total(ground) - begun, (sum(each.bytes for each in relays) - sent) / 1e6


def total(ground):
    return sum(ground.control("/_control/counters")["requests"].values())


class watching:
    """Somebody follows the events, and a message comes every two minutes."""

    def __init__(self, ground):
        self.ground = ground
        self.ended = threading.Event()

    def __enter__(self):
        self.peer = self.ground.connection()
        self.peer.call("events.subscribe", {"full": False})
        self.workers = [threading.Thread(target=work, daemon=True)
                        for work in (self._listen, self._write)]
        for worker in self.workers:
            worker.start()

    def _listen(self):
        try:
            while self.peer.lines.readline():
                pass
        except (OSError, ValueError):
            pass

    def _write(self):
        number = 0
        while not self.ended.wait(120 / SCALE):
            number += 1
            self.ground.post("/_control/messages",
                             {"from": PARTNER, "to": "me", "content": f"while watched {number}"})

    def __exit__(self, *_):
        self.ended.set()
        self.workers[1].join()
        self.peer.socket.shutdown(2)
        self.workers[0].join()
        self.peer.close()
