"""How long a message takes, and what it costs to wait for one."""
import http.client
import json
import random
import threading
import time
import uuid

import playground
import timing
import world

PARTNER = world.name(0)


def measure(table, options):
    print("latencies, with a small account")
    with playground.Playground(1_000, 50, "--push") as ground:
        ground.start_server()
        ground.start_daemon()
        ground.log_in()
        ground.wait("synced")
        ground.wait("connected")
        pushes(ground, table)
        online(ground, table)
        rested(ground)
        outage(ground, table, conversations=20, limit=10)
        rested(ground)
        one_conversation(ground, table)
    with playground.Playground(1_000, 50) as ground:
        ground.start_server()
        ground.start_daemon()
        ground.log_in()
        ground.wait("synced")
        ground.wait("connected")
        unpushed(ground, table)


def rested(ground):
    """A daemon that has sent nothing yet: beyond 120 messages it keeps to 120 a minute."""
    ground.stop_daemon()
    ground.start_daemon()
    ground.wait("connected")


def unpushed(ground, table, watched=21, idle=5):
    """Messages of a platform that does not push: until `watch` has them, and until the store has."""
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


def pushes(ground, table, count=100):
    """From the partner's message at the server to the line of `watch`. One a second: of a storm only
    thirty are looked into at once, and sixty a minute."""
    begun, seen = {}, {}
    with ground.connection() as peer:
        peer.call("events.subscribe", {"full": False})

        def listen():
            while len(seen) < count:
                event = json.loads(peer.lines.readline()).get("params", {})
                if event.get("event") == "message.received" and event["data"]["content"] in begun:
                    seen.setdefault(event["data"]["content"], time.perf_counter())

        listener = threading.Thread(target=listen)
        listener.start()
        for number in range(count):
            begun[f"push {number}"] = time.perf_counter()
            write(ground, f"push {number}")
            time.sleep(1)
        listener.join(timeout=30)
    samples = sorted((seen[text] - begun[text]) * 1000 for text in seen)
    if len(samples) < count:
        raise RuntimeError(f"{len(samples)} of {count} pushes came")
    table.at_most("latency", "push to watch, p50", timing.median(samples), 3, "ms")
    table.at_most("latency", "push to watch, p99", timing.at(samples, 0.99), 10, "ms")


def send(peer, partner, wait, text="hello"):
    return peer.call("message.send", {
        "cid": str(uuid.uuid4()), "to": partner, "content": text, "wait": wait, "createNew": False,
        "hasImage": False,
        "timeoutSeconds": 30})


def round_trip(ground):
    """The same request without a daemon between."""
    token = ground.post("/_control/tokens", {"user": "me"})["token"]
    peer = http.client.HTTPConnection("127.0.0.1", ground.ports[0])
    head = {"Authorization": f"Bearer {token}", "x-user-wallet": world.MY_WALLET,
            "Content-Type": "application/json"}
    path = f"/api/conversations/{world.identifier('c', 0)}/messages"

    def once():
        peer.request("POST", path, json.dumps({"content": "hello"}), head)
        answer = peer.getresponse()
        answer.read()
        if answer.status != 200:
            raise RuntimeError(f"status {answer.status}")

    return once


def online(ground, table):
    once = round_trip(ground)
    with ground.connection() as peer:
        samples = timing.in_turn({
            "bare": lambda: timing.timed(once),
            "send": lambda: timing.timed(lambda: send(peer, PARTNER, "delivered")),
        }, 50)
    table.add("latency", "bare request", timing.median(samples["bare"]), "ms")
    extra = timing.median(samples["send"]) - timing.median(samples["bare"])
    table.at_most("latency", "online send until sent, beyond that", extra, 10, "ms")


def arrivals(ground, marker):
    """When the server stored them, in milliseconds."""
    times = []
    for number in range(50):
        answer = ground.control(
            f"/_control/messages?conversation={world.identifier('c', number)}")
        times += [message["createdAt"] for message in answer["messages"]
                  if (message.get("content") or "").startswith(marker)]
    return times


def queue_while_away(ground, marker, conversations, network=0):
    """`network`: the milliseconds that each send is on its way."""
    ground.stop_server()
    with ground.connection() as peer:
        for number in range(100):
            send(peer, world.name(number % conversations), "no", f"{marker} {number}")
    ground.start_server()
    if network:
        ground.post("/_control/faults", {
            "route": "POST /api/conversations/:id/messages", "when": "before", "action": "delay",
            "milliseconds": network, "count": None})
    begin = time.perf_counter()
    ground.wait("drained", "5m")
    if len(arrivals(ground, marker)) != 100:
        raise RuntimeError("they did not arrive once each")
    return time.perf_counter() - begin


def outage(ground, table, conversations, limit):
    elapsed = queue_while_away(ground, "spread", conversations)
    table.at_most("latency", f"100 queued in {conversations} conversations, after an outage",
                  elapsed, limit, "s")


def one_conversation(ground, table):
    """Sent one after the other, so that the network decides: the loopback has none."""
    queue_while_away(ground, "single", 1, network=30)
    stamps = sorted(arrivals(ground, "single"))
    table.add("latency", "100 queued in one conversation, 30 ms away, first to last",
              spread(stamps), "s")
    bare = timing.median(sorted(timing.timed(round_trip(ground)) for _ in range(50))) / 10
    table.at_least("latency", "of what the round trips allow", bare / spread(stamps), 0.8)


def spread(stamps):
    from datetime import datetime
    first, last = (datetime.fromisoformat(str(stamp).replace("Z", "+00:00"))
                   for stamp in (stamps[0], stamps[-1]))
    return max((last - first).total_seconds(), 0.001)
