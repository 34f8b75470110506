"""Make data/language/nouns.csv: nouns for people, bodies and things, from the hierarchy of WordNet.

    python -m geo.training.words.nouns WORDNET

WORDNET is the folder of WordNet's dictionary files (Debian: wordnet-base, /usr/share/wordnet). Taken are nouns whose
first sense, and most of their use, lies below one of ROOTS; rare words, names, slang and abuse are left out (WordNet marks
little of it, so words for people must stand in its corpus or end like a calling), and what language/people.csv and language/targets.csv
have already.
"""

import csv
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Final, NamedTuple

import wordfreq

from geo.resources import data_path, read_table

# What lies below a sense: sort, kind, and the senses as lemma#number; the first that holds counts.
ROOTS: Final = (
    ("people", "rebel", "insurgent#1 guerrilla#1 terrorist#1 revolutionist#1 mercenary#1"),
    ("people", "gang", "criminal#1 thief#1 killer#1"),
    ("people", "state", "serviceman#1 lawman#1 military_officer#1"),
    ("people", "civilian", "person#1"),
    ("body", "state", "military_unit#1 military_service#1 law_enforcement_agency#1"),
    ("body", "gang", "gang#1 gang#2"),
    (
        "body",
        "civilian",
        (
            "family#1 family#2 crew#1 team#1 deputation#1 committee#1 union#1 party#1 association#1 "
            "congregation#1 commission#1 elite#1 procession#1"
        ),
    ),
    ("thing", "religion", "place_of_worship#1 religious_residence#1"),
    ("thing", "health", "medical_institution#1 medical_building#1 clinic#1"),
    ("thing", "education", "educational_institution#1 school#2 university#2"),
    ("thing", "security", "military_installation#1 fortification#1 military_vehicle#1 military_quarters#1 warship#1"),
    ("thing", "government", "government_building#1 diplomatic_building#1 ministry#3 capitol#1"),
    ("thing", "vehicle", "vehicle#1 vessel#2 craft#2 aircraft#1 public_transport#1"),
    ("thing", "home", "dwelling#1 housing#1 apartment#1"),
    (
        "thing",
        "business",
        (
            "place_of_business#1 establishment#2 farm#1 workplace#1 firm#1 company#1 print_media#1 "
            "financial_institution#1 plant#1 storehouse#1 institution#1 retail_store#1"
        ),
    ),
    (
        "thing",
        "infrastructure",
        (
            "road#1 bridge#1 tower#1 facility#1 building#1 memorial#1 dam#1 airfield#1 platform#1 "
            "generator#3 market_square#1 gate#1"
        ),
    ),
)
LEAST_COMMON: Final = 2.5  # Zipf's scale
LEAST_SHARE: Final = 0.6  # of a word's use that must be below the roots
_SHORTEST: Final = 4  # letters; shorter ones are abbreviations or mean too much
_BEARERS: Final = 250  # per million, from which a word is rather a name
_CALLINGS: Final = ("ist", "ician", "ologist", "man", "woman", "person")  # ends that mark a profession
_ENDS_IN_ES: Final = ("s", "x", "z", "ch", "sh")


class Sense(NamedTuple):
    """A sense of WordNet: its words as they are written, what lies above it, and whether it is a name or slang."""

    words: tuple[str, ...]
    above: tuple[str, ...]
    marked: bool


class WordNet:
    """The dictionary files of WordNet 3.0 (wndb(5WN))."""

    def __init__(self, folder: Path) -> None:
        """Read the nouns, and how many senses other words have."""
        self.folder = folder
        self.senses = {line[:8]: _sense(line.split("|")[0].split()) for line in self._lines("data.noun")}
        self.nouns = dict(self._index("noun"))
        self.others = {pos: {w: len(offsets) for w, offsets in self._index(pos)} for pos in ("verb", "adj")}

    def _lines(self, name: str) -> Iterator[str]:
        with (self.folder / name).open(encoding="utf-8") as file:
            yield from (line for line in file if not line.startswith("  "))

    def _index(self, pos: str) -> Iterator[tuple[str, list[str]]]:
        for line in self._lines(f"index.{pos}"):
            cells = line.split()
            yield cells[0], cells[-int(cells[2]) :]

    @cached_property
    def counts(self) -> dict[str, Counter[tuple[str, int]]]:
        """How often each sense was met: word -> (part of speech, number of the sense) -> times."""
        found: dict[str, Counter[tuple[str, int]]] = defaultdict(Counter)
        for line in self._lines("cntlist.rev"):
            key, number, times = line.split()
            word, _, rest = key.partition("%")
            found[word][{"1": "noun", "2": "verb", "4": "adv"}.get(rest[0], "adj"), int(number)] += int(times)
        return found

    def root(self, offset: str) -> tuple[str, str] | None:
        """Say below which of ROOTS a sense lies: sort and kind."""
        above, todo = set(), [offset]
        while todo:
            one = todo.pop()
            if one not in above:
                above.add(one)
                todo += self.senses[one].above
        return next(((sort, kind) for sort, kind, roots in self._roots if above & roots), None)

    @cached_property
    def _roots(self) -> list[tuple[str, str, set[str]]]:
        places = [(sort, kind, [root.split("#") for root in roots.split()]) for sort, kind, roots in ROOTS]
        return [(sort, kind, {self.nouns[w][int(n) - 1] for w, n in roots}) for sort, kind, roots in places]

    def share(self, word: str, sort: str) -> float:
        """Give the share of a word's use that is of a sort, seldom used senses counted for a little."""
        counts, good, total = self.counts[word], 0.0, 0.0
        for n, offset in enumerate(self.nouns[word], start=1):
            worth = counts["noun", n] + 0.5 / n
            root = self.root(offset)
            total, good = total + worth, good + worth * (root is not None and root[0] == sort)
        for pos, senses in self.others.items():
            total += sum(counts[pos, n] + 0.5 / n for n in range(1, senses.get(word, 0) + 1))
        return good / total


def _sense(cells: list[str]) -> Sense:
    """Read one line of a data file: offset, file, type, words with numbers, pointers."""
    count = int(cells[3], 16)
    words = tuple(cells[4 : 4 + 2 * count : 2])
    pointers = [tuple(cells[at : at + 2]) for at in range(5 + 2 * count, len(cells) - 1, 4)]
    above = tuple(offset for symbol, offset in pointers if symbol == "@")
    # "@i": one of its kind, a name; ";u": used as slang, abuse and the like
    return Sense(words, above, any(symbol in {"@i", ";u"} for symbol, _ in pointers))


def plural(noun: str) -> str:
    """Give the regular plural of a noun."""
    if noun.endswith("man"):
        return f"{noun[:-3]}men"
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(_ENDS_IN_ES) else f"{noun}s"


def rows(net: WordNet) -> Iterator[tuple[str, str, str, str]]:
    """Give the rows of the table: noun, plural, sort, kind."""
    had = {
        row[form]
        for table in ("language/people.csv", "language/targets.csv")
        for row in read_table(table)
        for form in ("noun", "plural")
    }
    had |= {word for row in read_table("language/word_classes.csv") if row["class"] in {"harm_verb", "attack_noun", "no_name", "pronoun"}
            for word in row["words"].split()}  # fmt: skip
    had |= {row["weapon"] for row in read_table("events/weapons.csv")}
    names = {row["name"] for row in read_table("language/person_names.csv")
             if int(row["given_per_million"] or 0) + int(row["surname_per_million"] or 0) >= _BEARERS}  # fmt: skip
    for noun, senses in sorted(net.nouns.items()):
        first, root = net.senses[senses[0]], net.root(senses[0])
        written = next(word for word in first.words if word.lower() == noun)
        if root is None or first.marked or not written.islower() or not (noun.isascii() and noun.isalpha()):
            continue
        if len(noun) < _SHORTEST or noun in had | names or plural(noun) in had or noun.removesuffix("s") in had:
            continue
        if noun.endswith("er") and {noun[:-1], noun[:-2], noun[:-3]} & net.others["adj"].keys():  # longer, bigger
            continue
        plain = root[0] != "people" or net.counts[noun]["noun", 1] > 0 or noun.endswith(_CALLINGS)
        if plain and wordfreq.zipf_frequency(noun, "en") >= LEAST_COMMON and net.share(noun, root[0]) >= LEAST_SHARE:
            yield noun, plural(noun), *root


NOTE: Final = """# Further nouns for people, bodies and things, in order of the alphabet. sort: people, body (means many as one), thing.
# kind: as in language/people.csv and language/targets.csv. Made by geo/training/words/nouns.py from WordNet 3.0,
# Copyright 2006 by Princeton University. All rights reserved.
"""


def main() -> None:
    with data_path("language/nouns.csv").open("w", encoding="utf-8", newline="") as file:
        file.write(NOTE)
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("noun", "plural", "sort", "kind"))
        writer.writerows(rows(WordNet(Path(sys.argv[1]))))


if __name__ == "__main__":
    main()
