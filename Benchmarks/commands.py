"""A command from its start to its exit, with mirrors of several sizes in one run."""
import bare
import peers
import playground
import timing
import world

# About one message in a thousand has it; the other is nowhere.
TERM = world.word(1_000)
NOWHERE = "zzzz"
PARTNER = world.name(1)
TALK = world.identifier("c", 1)
READING = {
    "status": ["status"],
    "read": ["read", "--peek", "-n", "20", PARTNER],
    "search": ["search", TERM],
    "search of what is nowhere": ["search", NOWHERE],
}


def measure(table, options, grounds):
    """`grounds`: (ground, its costs), the smallest first. Ends with all servers away."""
    print(f"commands, medians of {options.rounds} in turn")
    sizes = {costs.count: ground for ground, costs in grounds}
    reading(table, options, sizes)
    sending(table, options, sizes)


def command(ground, *arguments):
    program = str(playground.PRODUCTS / "fonana")
    return lambda: timing.run([program, *arguments], ground.environment)


def named(name, count):
    return f"{name}, {count:,} messages"


def shell(ground, query):
    return lambda: timing.run(["sqlite3", "-readonly", str(ground.store), query], ground.environment)


def medians(table, options, actions):
    samples = timing.in_turn(actions, options.rounds)
    found = {name: timing.median(values) for name, values in samples.items()}
    for name, value in found.items():
        table.add("commands", name, value, "ms")
    return found


def reading(table, options, sizes):
    largest = max(sizes)
    actions = {"--version": command(sizes[largest], "--version")}
    for count, ground in sizes.items():
        for name, words in READING.items():
            actions[named(name, count)] = command(ground, *words)
    actions["sqlite3, the same read"] = shell(sizes[largest], bare.READ.format(TALK))
    actions["sqlite3, the same search"] = shell(sizes[largest], bare.SEARCH.format(TERM))
    found = medians(table, options, actions)
    for count in sizes:
        for name in READING:
            value, label = found[named(name, count)] / found["--version"], f"{name} / --version"
            if count == largest and name in ("read", "search"):
                table.at_most("commands", named(label, count), value, 1.5)
            else:
                table.add("commands", named(label, count), value, "×")
    growth(table, found, READING, sizes)
    for name in ("read", "search"):
        value = found[named(name, largest)] / found[f"sqlite3, the same {name}"]
        table.at_most("commands", f"{name} / sqlite3", value, 3)
    if options.peers:
        beside(table, options, sizes[largest])


def growth(table, found, names, sizes):
    smallest, largest = min(sizes), max(sizes)
    if smallest < largest:
        for name in names:
            value = found[named(name, largest)] / found[named(name, smallest)]
            table.add("commands", f"{name}, from {smallest:,} to {largest:,} messages", value, "×")


def beside(table, options, ground):
    """In turn with what people would use instead, apart from the rest: a large program leaves cold
    caches to whatever comes after it, `--version` too."""
    own = {f"{name}, among peers": command(ground, *READING[name])
           for name in ("status", "read", "search")}
    with peers.commands(ground) as others:
        found = medians(table, options, own | others)
    for name, peer, limit in (
            ("status", peers.MPC, None), ("status", peers.SYNCTHING, None),
            ("read", peers.SYNCTHING, 0.5), ("search", peers.SYNCTHING, 0.5),
            ("search", peers.SEARCH, None)):
        value, label = found[f"{name}, among peers"] / found[peer], f"{name} / {peer}"
        if limit:
            table.at_most("commands", label, value, limit)
        else:
            table.add("commands", label, value, "×")


def sending(table, options, sizes):
    """The servers are away, so that only the way to the disk counts."""
    actions = {}
    for count, ground in sizes.items():
        ground.stop_server()
        actions[named("status, server away", count)] = command(ground, "status")
        actions[named("send --no-wait", count)] = command(
            ground, "send", "--no-wait", PARTNER, "hello")
    found = medians(table, options, actions)
    for count in sizes:
        value = found[named("send --no-wait", count)] / found[named("status, server away", count)]
        label = named("send --no-wait / status", count)
        if count == max(sizes):
            table.at_most("commands", label, value, 2)
        else:
            table.add("commands", label, value, "×")
    growth(table, found, ["send --no-wait"], sizes)
    if options.peers:
        beside_insert(table, options, sizes[max(sizes)])


def beside_insert(table, options, ground):
    own = "send --no-wait, among peers"
    found = medians(table, options, {
        own: command(ground, "send", "--no-wait", PARTNER, "hello"),
        peers.INSERT: peers.Mail(ground.home).insert()})
    table.add("commands", f"send --no-wait / {peers.INSERT}", found[own] / found[peers.INSERT], "×")
