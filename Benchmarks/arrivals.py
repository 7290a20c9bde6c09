"""From a partner's message at the server to the store, and to the line of `watch`; with a push and
without."""
import contextlib
import json
import random
import sqlite3
import threading
import time

import playground
import timing
import world

PARTNER = world.name(0)


def measure(table):
    print("arrivals, with a small account")
    with playground.Playground(1_000, 50, "--push") as ground:
        ground.connect()
        pushed(ground, table)
    with playground.Playground(1_000, 50) as ground:
        ground.connect()
        unpushed(ground, table)


def pushed(ground, table):
    with ground.connection() as peer:
        peer.call("events.subscribe", {"full": False})
        seen, listener = listening(peer)
        disk = to_disk(ground)
        watch = to_watch(ground, seen)
        peer.socket.shutdown(2)
        listener.join()
    table.at_most("latency", "push to watch, p50", timing.median(watch), 3, "ms")
    table.at_most("latency", "push to watch, p99", timing.at(watch, 0.99), 10, "ms")
    table.add("latency", "push to disk, p50", timing.median(disk), "ms")
    table.add("latency", "push to disk, p99", timing.at(disk, 0.99), "ms")


def listening(peer):
    """When each text came to the watcher; the list grows."""
    seen = {}

    def listen():
        with contextlib.suppress(OSError, ValueError):
            while line := peer.lines.readline():
                event = json.loads(line).get("params", {})
                if event.get("event") == "message.received":
                    seen.setdefault(event["data"]["content"], time.perf_counter())

    thread = threading.Thread(target=listen)
    thread.start()
    return seen, thread


def to_watch(ground, seen, count=100):
    """One a second: of a storm only thirty are looked into at once, and sixty a minute."""
    begun = {}
    for number in range(count):
        begun[f"push {number}"] = time.perf_counter()
        write(ground, f"push {number}")
        time.sleep(1)
    time.sleep(5)
    samples = sorted((seen[text] - at) * 1000 for text, at in begun.items() if text in seen)
    if len(samples) < count:
        raise RuntimeError(f"{len(samples)} of {count} pushes came")
    return samples


def to_disk(ground, count=40):
    """Apart from the others, since looking into the store costs the processor something."""
    samples = []
    newest = "SELECT max(row) FROM message"
    with contextlib.closing(sqlite3.connect(f"file:{ground.store}?mode=ro", uri=True)) as file:
        for number in range(count):
            before = file.execute(newest).fetchone()
            begin = time.perf_counter()
            write(ground, f"to disk {number}")
            while file.execute(newest).fetchone() == before:
                if time.perf_counter() - begin > 30:
                    raise RuntimeError("a push has not come to the store")
                time.sleep(0.0002)
            samples.append((time.perf_counter() - begin) * 1000)
            time.sleep(1)
    return sorted(samples)


def unpushed(ground, table, watched=41, idle=5):
    """Until `watch` has them. Idle: until the store has, since whoever watches is not idle."""
    with ground.connection() as peer:
        peer.call("events.subscribe", {"full": False})
        samples = sorted(arrival(ground, peer, f"watched {number}") for number in range(watched))
    table.at_most("latency", "unpushed to watch, watching, p50", timing.median(samples), 2.5, "s")
    table.at_most("latency", "unpushed to watch, watching, p95", timing.at(samples, 0.95), 6, "s")
    samples = sorted(landing(ground, f"idle {number}") for number in range(idle))
    table.at_most("latency", "unpushed to the store, idle, the slowest", samples[-1], 24, "s")


def arrival(ground, peer, text):
    """Somewhere between two questions."""
    time.sleep(random.uniform(0, 5))
    begin = time.perf_counter()
    write(ground, text)
    while True:
        event = json.loads(peer.lines.readline()).get("params", {})
        if event.get("event") == "message.received" and event["data"]["content"] == text:
            return time.perf_counter() - begin


def landing(ground, text):
    time.sleep(random.uniform(0, 5))
    begin = time.perf_counter()
    write(ground, text)
    while not ground.sql(f"SELECT COUNT(*) FROM message WHERE content = '{text}'"):
        time.sleep(0.02)
    return time.perf_counter() - begin


def write(ground, text):
    ground.post("/_control/messages", {"from": PARTNER, "to": "me", "content": text})
