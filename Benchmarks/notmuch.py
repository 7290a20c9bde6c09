"""Mails of the same texts in notmuch, which indexes what lies in a Maildir."""
import contextlib
import itertools
import os

import timing
import world

MAILS = 20_000
SEARCH = f"notmuch search, {MAILS:,} mails"
INSERT = f"notmuch insert, {MAILS:,} mails"


class Mail:
    """A Maildir below `folder`, with its index once `new` was there."""

    def __init__(self, folder):
        self.mail = folder / "mail"
        self.next = folder / "next.mail"
        config = folder / "notmuch.conf"
        config.write_text(f"[database]\npath={self.mail}\n"
                          "[user]\nname=me\nprimary_email=me@example.org\n")
        self.environment = os.environ | {"HOME": str(folder), "NOTMUCH_CONFIG": str(config)}

    def new(self, table):
        """The seconds that a mail takes until it is found."""
        for part in ("cur", "new", "tmp"):
            (self.mail / part).mkdir(parents=True)
        for number, (_, _, sender, text, _) in enumerate(world.messages(MAILS, 10)):
            (self.mail / "cur" / f"{number}:2,S").write_text(written(number, sender, text))
        seconds = timing.run(["notmuch", "new", "--quiet"], self.environment) / 1000
        table.add("mirror", f"notmuch new, {MAILS:,} messages", seconds, "s")
        return seconds / MAILS

    def search(self, term):
        arguments = ["notmuch", "search", "--limit=20", term]
        return lambda: timing.run(arguments, self.environment)

    def insert(self):
        """Each call adds another mail, durably, to the Maildir and the index."""
        numbers = itertools.count(MAILS)

        def once():
            self.next.write_text(written(next(numbers), "me", "hello"))
            source = os.open(self.next, os.O_RDONLY)
            with contextlib.ExitStack() as stack:
                stack.callback(os.close, source)
                return timing.run(["notmuch", "insert"], self.environment, source)

        return once


def written(number, sender, text):
    return (f"From: {sender}@example.org\nTo: me@example.org\nSubject: m{number}\n"
            f"Message-Id: <{number}@example.org>\nDate: Wed, 1 Jan 2025 00:00:00 +0000\n\n{text}\n")
