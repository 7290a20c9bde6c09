"""What a message costs as the mirror grows, beside what it costs SQLite alone."""
import mirror
import playground

SMALLER = (10_000, 100_000)
# As in the largest: 1,000,000 messages in 500 conversations.
IN_A_CONVERSATION = 2_000


def smaller(options, stack):
    """Grounds that `stack` closes, each with what its first mirror has cost; the smallest first."""
    grounds = []
    for count in SMALLER:
        if count < options.messages:
            print(f"first mirror: {count:,} messages, unpaced")
            conversations = count // IN_A_CONVERSATION
            ground = stack.enter_context(playground.Playground(count, conversations))
            grounds.append((ground, mirror.costs(ground, count, conversations)))
    return grounds


def measure(table, grounds):
    """`grounds`: as those of `smaller`, with the largest at the end."""
    print("growth")
    every = [costs for _, costs in grounds]
    for costs in every:
        label = f"{costs.count:,} messages"
        table.add("growth", f"first mirror, a message, {label}", costs.each * 1e6, "µs")
        table.add("growth", f"SQLite alone, a message, {label}", costs.bare_each * 1e6, "µs")
        table.add("growth", f"store, a message, {label}", costs.store_bytes / costs.count, "B")
    smallest, largest = every[0], every[-1]
    if smallest.count < largest.count:
        value = (largest.each / smallest.each) / (largest.bare_each / smallest.bare_each)
        table.at_most("growth", f"from {smallest.count:,} to {largest.count:,}, of SQLite's growth",
                      value, 1.1)
    in_many_scripts(table, every[min(1, len(every) - 1)].count)


def in_many_scripts(table, count):
    """A third of the texts is Cyrillic, Chinese, accented or with emoji, so that the mirror makes
    an index text of its own for many. Plain texts of as many messages are measured beside them."""
    each = {}
    conversations = max(1, count // IN_A_CONVERSATION)
    for label, is_mixed in (("Latin texts", False), ("texts in many scripts", True)):
        with playground.Playground(count, conversations, is_mixed=is_mixed) as ground:
            costs = mirror.costs(ground, count, conversations, is_mixed)
        each[is_mixed] = costs
        name = f"{label}, {count:,} messages"
        table.add("texts", f"{name}: rate, of SQLite's alone",
                  costs.bare_seconds / costs.seconds, "×")
        table.add("texts", f"{name}: store, a message", costs.store_bytes / count, "B")
    table.add("texts", "many scripts, of the time of Latin texts",
              each[True].seconds / each[False].seconds, "×")
    table.add("texts", "many scripts, of the time of Latin texts, SQLite alone",
              each[True].bare_seconds / each[False].bare_seconds, "×")
