"""A data file for fonana-server: one account with many conversations, all of them read."""
import contextlib
import itertools
import random
import re
import sqlite3

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
SYLLABLES = "ba co di fu ge ha ji ko lu me na po qui ro su ta ve wi xa yo".split()
VOCABULARY = 20_000
START = 1_735_689_600_000  # 1 January 2025


def wallet(number):
    """A well-formed address: 32 bytes in base58 that nobody owns."""
    value, text = (7 << 248) + number, ""
    while value:
        value, digit = divmod(value, 58)
        text = ALPHABET[digit] + text
    return text


def identifier(kind, number):
    """In the form of the server's ids."""
    return f"cm{kind}{number:022d}"


ME = identifier("u", 0)
MY_WALLET = wallet(0)


def name(number):
    return f"partner{number}"


def word(rank):
    """The word of that rank: as in a language, it is used in proportion to 1 / (rank + 3)."""
    parts = []
    number = rank + len(SYLLABLES)
    while number:
        number, syllable = divmod(number, len(SYLLABLES))
        parts.append(SYLLABLES[syllable])
    return "".join(parts)


# Each with as many signs as there are syllables.
SCRIPTS = {
    "Cyrillic": "ба ко ди фу ге ха жи ку лю ме на по кви ро су та ве ви ча ё".split(),
    "Chinese": "你 好 世 界 天 气 明 学 生 书 水 火 山 月 日 中 国 人 大 小".split(),
    "accented": "bá çö dí fû gè hã jï kó lü mé ñà pô quí rö sú tà vé wî xä yó".split(),
    "emoji": "😀 🎉 ba 🚀 ge 🌊 ji ko 🔥 me na 👍 qui ro ❤️ ta 🇫🇷 wi xa ✨".split(),
}


SYLLABLE = re.compile("|".join(sorted(SYLLABLES, key=len, reverse=True)))


def translated(text, script):
    signs = dict(zip(SYLLABLES, SCRIPTS[script]))
    text = SYLLABLE.sub(lambda found: signs[found[0]], text)
    return text.replace(" ", "") if script == "Chinese" else text


def texts(count, chance, is_mixed=False):
    """Between 4 and 16 words each; `is_mixed`: a third of them in other scripts."""
    words = [word(rank) for rank in range(VOCABULARY)]
    weights = list(itertools.accumulate(1 / (rank + 3) for rank in range(VOCABULARY)))
    for _ in range(count):
        length = chance.randint(4, 16)
        text = " ".join(chance.choices(words, cum_weights=weights, k=length))
        if is_mixed and chance.random() < 1 / 3:
            text = translated(text, chance.choice(list(SCRIPTS)))
        yield text


def messages(count, conversations, is_mixed=False, seed=1):
    """Rows (id, conversation, sender, content, time), the oldest first, spread evenly."""
    chance = random.Random(seed)
    for number, text in enumerate(texts(count, chance, is_mixed)):
        talk = number % conversations
        sender = ME if chance.random() < 0.4 else identifier("u", talk + 1)
        yield (identifier("m", number), identifier("c", talk), sender, text,
               START + number * 1000)


def notify(path, count):
    """Notifications that were read long ago, into the data file of a server that does not run."""
    with contextlib.closing(sqlite3.connect(path)) as file:
        file.executemany(
            "INSERT INTO notifications (id, userId, type, title, message, isRead, createdAt) "
            f"VALUES (?, '{ME}', 'TIP_RECEIVED', 'New tip', 'A partner sent you 0.5 SOL', 1, ?)",
            [(identifier("t", number), START + number * 1000) for number in range(count)])
        file.commit()


def write(path, schema, count, conversations, is_mixed=False):
    """`schema`: the statements of an empty data file."""
    file = sqlite3.connect(path)
    file.execute("PRAGMA synchronous = OFF")
    for statement in schema:
        file.execute(statement)
    users = [(ME, MY_WALLET, "me")]
    users += [(identifier("u", n + 1), wallet(n + 1), name(n)) for n in range(conversations)]
    file.executemany(
        "INSERT INTO users (id, wallet, nickname, isCreator, isVerified, createdAt) "
        f"VALUES (?, ?, ?, 0, 0, {START})", users)
    last = START + count * 1000
    file.executemany(
        "INSERT INTO conversations (id, fromUserId, toUserId, createdAt, lastMessageAt) "
        f"VALUES (?, '{ME}', ?, {START}, {last})",
        [(identifier("c", n), identifier("u", n + 1)) for n in range(conversations)])
    file.executemany(
        "INSERT INTO messages (id, conversationId, senderId, content, isPaid, isRead, createdAt) "
        "VALUES (?, ?, ?, ?, 0, 1, ?)", messages(count, conversations, is_mixed))
    file.execute("PRAGMA user_version = 1")
    file.commit()
    file.close()
