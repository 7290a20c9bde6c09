"""The last messages that are missing after an absence."""
import contextlib
import sqlite3
import time

import world

LIMIT = 600
PARTNERS = 20


def measure(ground, table):
    """`ground`: with a complete mirror of at least so many conversations."""
    known = ground.sql("SELECT COUNT(*) FROM message")
    ground.stop_daemon()
    absence(ground, table, known)


def absence(ground, table, known, count=1_000):
    """They come while neither the daemon nor the server runs."""
    ground.stop_server()
    add(ground.data, count, PARTNERS)
    ground.start_server()
    begin = time.perf_counter()
    ground.start_daemon()
    while ground.sql("SELECT COUNT(*) FROM message") < known + count:
        if time.perf_counter() - begin > LIMIT:
            raise RuntimeError("what was missed has not come")
        time.sleep(0.01)
    table.add("mirror", "the last 1,000 missing messages, in 20 conversations",
              time.perf_counter() - begin, "s")


def add(path, count, conversations):
    """All of them read elsewhere, so that nothing holds them back."""
    start = world.START + 40_000_000_000
    with contextlib.closing(sqlite3.connect(path)) as file:
        file.executemany(
            "INSERT INTO messages (id, conversationId, senderId, content, isPaid, isRead, createdAt) "
            "VALUES (?, ?, ?, ?, 0, 1, ?)",
            [(world.identifier("n", number), world.identifier("c", number % conversations),
              world.identifier("u", number % conversations + 1), f"missed {number}",
              start + number * 1000) for number in range(count)])
        file.execute("UPDATE conversations SET lastMessageAt = ?", (start + count * 1000,))
        file.commit()
