"""Durable sends a second, of one client and of many that share commits; the server is away."""
import time
import uuid

import bare
import commands
from load import CLIENTS, plural, under_load

EACH = 640


def measure(ground, table):
    """Returns the milliseconds of each call, by the number of clients."""
    print("enqueue")
    base = bare.commits_a_second(ground)
    table.add("enqueue", "single synchronous=FULL commits", base, "/s")
    samples = {}
    for clients in CLIENTS:
        begin = time.perf_counter()
        samples[clients] = under_load(ground, clients, send, EACH // clients)
        rate = len(samples[clients]) / (time.perf_counter() - begin)
        table.add("enqueue", f"durable enqueues, {plural(clients)}", rate, "/s")
        name = f"{plural(clients)} / single commits"
        if clients == max(CLIENTS):
            table.at_least("enqueue", name, rate / base, 3)
        else:
            table.add("enqueue", name, rate / base, "×")
    return samples


def send(peer):
    peer.call("message.send", {
        "cid": str(uuid.uuid4()), "to": commands.PARTNER, "content": "hello", "wait": "no",
        "createNew": False, "hasImage": False})
