"""How long what is sent takes, online and after an outage."""
import http.client
import json
import time
import uuid

import playground
import timing
import world

PARTNER = world.name(0)


def measure(table, options):
    print("sending, with a small account")
    with playground.Playground(1_000, 50, "--push") as ground:
        ground.connect()
        online(ground, table)
        rested(ground)
        outage(ground, table, conversations=20, limit=10)
        rested(ground)
        one_conversation(ground, table)


def rested(ground):
    """A daemon that has sent nothing yet: beyond 120 messages it keeps to 120 a minute."""
    ground.stop_daemon()
    ground.start_daemon()
    ground.wait("connected")


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
