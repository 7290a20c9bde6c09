"""The same work with nothing but SQLite: what the machine allows."""
import contextlib
import sqlite3
import time

import world

# As the store reads a conversation, and as it searches.
READ = """
    SELECT m.id, m.conversation_id, m.sender_id, m.content, m.is_read, m.created_at, m.metadata
    FROM message m WHERE m.conversation_id = '{}' AND m.absences < 2
    ORDER BY m.created_at DESC, m.id DESC LIMIT 20"""
SEARCH = """
    SELECT m.id, m.conversation_id, m.sender_id, m.content, m.is_read, m.created_at, m.metadata,
      highlight(message_search, 0, char(2), char(3))
    FROM message_search JOIN message m ON m.row = message_search.rowid
    WHERE message_search MATCH '"{}"' AND m.absences < 2
    ORDER BY m.created_at DESC, m.id DESC LIMIT 20"""


def schema(store):
    """The statements of a store, those of its search index included."""
    with contextlib.closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True)) as file:
        rows = file.execute(
            "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid")
        return [sql for kind, name, sql in rows
                if not name.startswith(("message_search_", "sqlite_", "grdb"))]


def insert_all(ground, count, conversations, is_mixed=False, batch=1000):
    """The rows of a mirror, from memory; the seconds that took."""
    rows = mirrored(ground.store, world.messages(count, conversations, is_mixed))
    file = opened(ground.home / "bare.sqlite", schema(ground.store))
    file.execute("PRAGMA foreign_keys = ON")
    file.executemany(
        "INSERT INTO conversation (id) VALUES (?)",
        [(world.identifier("c", number),) for number in range(conversations)])
    begin = time.perf_counter()
    for start in range(0, count, batch):
        file.execute("BEGIN")
        file.executemany(
            "INSERT INTO message (id, conversation_id, sender_id, content, text_source, is_paid, "
            "is_read, is_purchased, created_at, is_own, is_complete, search_text) "
            "VALUES (?, ?, ?, ?, 3, 0, 1, 0, ?, 0, 1, ?)", rows[start:start + batch])
        file.execute("COMMIT")
    elapsed = time.perf_counter() - begin
    file.close()
    return elapsed


def mirrored(store, messages):
    """With the index text that the mirror has made of a text, where it is another one."""
    query = "SELECT id, search_text FROM message WHERE search_text IS NOT NULL"
    with contextlib.closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True)) as file:
        folded = dict(file.execute(query))
    return [(*message, folded.get(message[0])) for message in messages]


def opened(path, statements):
    file = sqlite3.connect(path, isolation_level=None)
    file.execute("PRAGMA journal_mode = WAL")
    file.execute("PRAGMA synchronous = FULL")
    for statement in statements:
        file.execute(statement)
    return file


def commits_a_second(ground, count=300):
    """Single rows, each with its own `synchronous=FULL` commit."""
    file = opened(ground.home / "commits.sqlite", schema(ground.store))
    begin = time.perf_counter()
    for number in range(count):
        file.execute("INSERT INTO setting VALUES (?, ?)", (f"key {number}", "x" * 200))
    elapsed = time.perf_counter() - begin
    file.close()
    return count / elapsed
