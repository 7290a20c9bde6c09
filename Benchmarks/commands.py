"""A command from its start to its exit, and durable sends."""
import contextlib
import time
import uuid

import bare
import daemon
import peers
import playground
import timing
import world

# About one message in a thousand has it.
TERM = world.word(1_000)
PARTNER = world.name(7)
TALK = world.identifier("c", 7)


def measure(ground, table, options):
    print(f"commands, medians of {options.rounds} in turn")
    program = str(playground.PRODUCTS / "fonana")

    def command(*arguments):
        return lambda: timing.run([program, *arguments], ground.environment)

    def shell(query):
        return lambda: timing.run(
            ["sqlite3", "-readonly", str(ground.store), query], ground.environment)

    actions = {
        "fonana --version": command("--version"),
        "fonana status": command("status"),
        "fonana read": command("read", "--peek", "-n", "20", PARTNER),
        "fonana search": command("search", TERM),
        "sqlite3, the same read": shell(bare.READ.format(TALK)),
        "sqlite3, the same search": shell(bare.SEARCH.format(TERM)),
    }
    others = peers.commands(ground) if options.peers else contextlib.nullcontext({})
    with others as more:
        samples = timing.in_turn(actions | more, options.rounds)
    medians = {name: timing.median(values) for name, values in samples.items()}
    for name, value in medians.items():
        table.add("commands", name, value, "ms")
    ratios(table, medians)
    sends(ground, table, options, command)
    daemon.measure(ground, table)
    enqueues(ground, table)


def ratios(table, medians):
    base = medians["fonana --version"]
    table.at_most("commands", "status / --version", medians["fonana status"] / base, 1.5)
    for name in ("read", "search"):
        value = medians[f"fonana {name}"]
        table.at_most("commands", f"{name} / --version", value / base, 1.5)
        table.at_most(
            "commands", f"{name} / sqlite3", value / medians[f"sqlite3, the same {name}"], 3)
        if "syncthing cli" in medians:
            table.at_most("commands", f"{name} / syncthing cli", value / medians["syncthing cli"], 0.5)
    for peer in ("mpc version", "syncthing cli"):
        if peer in medians:
            table.add("commands", f"status / {peer}", medians["fonana status"] / medians[peer], "×")


def sends(ground, table, options, command):
    """The server is away, so that only the way to the disk counts."""
    ground.stop_server()
    samples = timing.in_turn({
        "status": command("status"),
        "send": command("send", "--no-wait", PARTNER, "hello"),
    }, options.rounds)
    value = timing.median(samples["send"]) / timing.median(samples["status"])
    table.at_most("commands", "send --no-wait / status", value, 2)


def enqueues(ground, table):
    """Durable sends a second; the server is still away."""
    base = bare.commits_a_second(ground.home / "commits.sqlite", bare.schema(ground.store))
    table.add("enqueue", "single synchronous=FULL commits", base, "/s")
    for clients in (1, 8, 32):
        begin = time.perf_counter()
        samples = daemon.under_load(ground, clients, enqueue, 640 // clients)
        rate = len(samples) / (time.perf_counter() - begin)
        table.add("enqueue", f"durable enqueues, {clients} clients", rate, "/s")
        daemon.add(table, "message.send", clients, samples)
    table.at_least("enqueue", "32 clients / single commits", rate / base, 3)


def enqueue(peer):
    peer.call("message.send", {
        "cid": str(uuid.uuid4()), "to": PARTNER, "content": "hello", "wait": "no",
        "createNew": False, "hasImage": False})
