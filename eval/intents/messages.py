"""The messages that understanding is judged by: a folder of Bitext's form, its messages worn, and those written here.

Nothing of the folder is learned from; the development third, told by a checksum of each message, was looked at in sums
alone. Knows no understanding.
"""

from __future__ import annotations

import csv
import gzip
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from zlib import crc32

from assistant.errors import SettingError
from eval.harness.task import Example
from eval.intents.perturbing import KINDS, SETS

FILE = "customer_support.csv.gz"
MAPPING = Path(__file__).with_name("bitext.csv")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A message and what is right to understand; `part` says what it belongs to.

    `right` are intents of which one is right, or the wishes in order, or the feeling and the urgency. `theirs` is the
    folder's own intent.
    """

    part: str
    message: str
    right: tuple[str, ...] = ()
    theirs: str = ""
    third: str = ""


def mapping() -> dict[str, tuple[str, ...]]:
    """Return which of our intents each of theirs means, as it is written down."""
    with MAPPING.open(encoding="utf-8", newline="") as file:
        return {row["theirs"]: tuple(sorted(row["ours"].split("|"))) for row in csv.DictReader(file)}


def messages(folder: Path) -> Iterator[Asked]:
    """Yield the messages of a folder with what is right.

    Raises:
        SettingError: the folder lacks its file, or names an intent that the mapping does not.
    """
    path, means = Path(folder) / FILE, mapping()
    if not path.is_file():
        raise SettingError("--data", str(folder), f"a folder with {FILE} is expected")
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            said, theirs = row["instruction"], row["intent"]
            if theirs not in means:
                raise SettingError(str(path), theirs, f"an intent of {MAPPING.name} is expected: add it there")
            yield Asked(part="plain", message=said, right=means[theirs], theirs=theirs, third=third(said))


def third(message: str) -> str:
    """Return which part a message belongs to, by its checksum.

    >>> third("where is my order") in ("development", "held_out")
    True
    """
    return "held_out" if crc32(message.encode()) % 3 else "development"


def worn(plain: Sequence[Asked], seed: int) -> Iterator[Asked]:
    """Yield every message once more, each kind of wear in its turn."""
    kinds = list(KINDS)
    for number, one in enumerate(plain):
        kind = kinds[number % len(kinds)]
        said = KINDS[kind](one.message, random.Random(f"{seed} {number}"))
        yield Asked(part=f"perturbed.{kind}", message=said, right=one.right, theirs=one.theirs, third=one.third)


def strange() -> Iterator[Asked]:
    """Yield messages that are beyond a shop's assistant."""
    for (message,) in _table("out_of_scope.txt"):
        yield Asked(part="out_of_scope", message=message, right=("out_of_scope",))


def wishes() -> Iterator[Asked]:
    """Yield messages of several wishes, which are all to be found in order, and of one, which is none of several."""
    for message, wanted in _table("wishes.tsv"):
        yield Asked(part="wishes", message=message, right=tuple(wanted.split(", ")))
    for (message,) in _table("single.txt"):
        yield Asked(part="single_wish", message=message)


def moods() -> Iterator[Asked]:
    """Yield messages whose feeling and urgency are written down."""
    for message, feeling, level in _table("moods.tsv"):
        yield Asked(part="mood", message=message, right=(feeling, level))


def as_examples(asked: Iterable[Asked]) -> list[Example]:
    """Return an example a message, named by its part and its own words; the same message again has a number."""
    seen: Counter[str] = Counter()
    made = []
    for one in asked:
        name = f"{one.part}: {one.message}"
        seen[name] += 1
        made.append(Example(id=name if seen[name] == 1 else f"{name} ({seen[name]})", given=asdict(one)))
    return made


def _table(name: str) -> Iterator[list[str]]:
    for line in (SETS / name).read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.split("\t")
