"""Make data/language/given_names.csv: given names of many languages, from the package Faker.

    python -m geo.training.words.given_names FAKER WORDNET

FAKER is the folder of the unpacked package (MIT; `pip download --no-deps faker`, version 40.63.0 was used), WORDNET as
in make_nouns.py. Left out are common English words, towns, and what language/person_names.csv has.
"""

import ast
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import wordfreq

from geo.gazetteer import open_gazetteer
from geo.gazetteer.normalise import normalise
from geo.resources import data_path, read_table

# Languages of which even a rare name is taken, and those of which any known one is.
ALWAYS: Final = ("es", "pt")
OFTEN: Final = (*ALWAYS, "ar", "tr_TR", "id_ID", "en_PK", "en_IN", "en_KE", "sw", "yo_NG", "ha_NG", "ig_NG", "fr_DZ",
                "fr_FR", "fr_BE", "it_IT", "ro_RO", "uz_UZ", "az_AZ", "zu_ZA", "hr_HR", "pl_PL")  # fmt: skip
MOST_COMMON: Final = 4.2  # of English words (Zipf's scale); names that are more common mean something else, too
A_WORD: Final = 2.2  # from which a word of WordNet is one that reports use
KNOWN: Final = 1.0
WELL_KNOWN: Final = 2.0
LARGE_TOWN: Final = 50_000  # people
_ENOUGH: Final = 40  # per million, from which persons.py takes a name of language/person_names.csv
_SHORTEST: Final = 3
_LETTERS: Final = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae"})


def plain(name: str) -> str:
    """Put a name into small letters without diacritics."""
    low = unicodedata.normalize("NFKD", name.lower())
    return "".join(char for char in low if not unicodedata.combining(char)).translate(_LETTERS)


def names_of(folder: Path) -> Iterator[tuple[str, str]]:
    """List the given names of a package: name, language."""
    for path in sorted((folder / "faker" / "providers" / "person").glob("*/__init__.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            target = _assigned(node)
            if isinstance(node, (ast.Assign, ast.AnnAssign)) and "first" in target and node.value is not None:
                for part in ast.walk(node.value):
                    if isinstance(part, ast.Constant) and isinstance(part.value, str):
                        yield from ((plain(name), path.parent.name) for name in part.value.replace("-", " ").split())


def _assigned(node: ast.AST) -> str:
    """Give the name that a statement assigns to; "" without."""
    target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
    return target.id if isinstance(target, ast.Name) else ""


def english(folder: Path) -> set[str]:
    """List the words of WordNet that are written small: no names."""
    found: set[str] = set()
    for path in folder.glob("data.*"):
        for line in path.read_text("utf-8").splitlines():
            cells = line.split()
            if not line.startswith("  "):
                found.update(word for word in cells[4 : 4 + 2 * int(cells[3], 16) : 2] if word.islower())
    return {word for word in found if wordfreq.zipf_frequency(word, "en") > A_WORD}


def is_taken(name: str, languages: set[str]) -> bool:
    """Say whether a word is a given name rather than anything else."""
    common = wordfreq.zipf_frequency(name, "en")
    large = any(open_gazetteer().population[row] >= LARGE_TOWN for row in open_gazetteer().find_rows(normalise(name)))
    if large or common > MOST_COMMON or len(name) < _SHORTEST or not (name.isascii() and name.isalpha()):
        return False
    if any(language.startswith(ALWAYS) for language in languages):
        return True
    often = any(language.startswith(OFTEN) for language in languages)
    return (often and common >= KNOWN) or (len(languages) > 1 and common >= WELL_KNOWN)


def main() -> None:
    had = {
        row["name"] for row in read_table("language/person_names.csv") if int(row["given_per_million"] or 0) >= _ENOUGH
    }
    had |= {row[form] for table in ("language/people.csv", "language/targets.csv", "language/nouns.csv") for row in read_table(table)
            for form in ("noun", "plural")}  # fmt: skip
    had |= {word for row in read_table("language/word_classes.csv") for word in row["words"].split()}
    had |= english(Path(sys.argv[2]))
    languages: dict[str, set[str]] = defaultdict(set)
    for name, language in names_of(Path(sys.argv[1])):
        languages[name].add(language)
    lines = [name for name in sorted(languages) if name not in had and is_taken(name, languages[name])]
    note = "# Given names beyond language/person_names.csv, without diacritics; no common words, no large towns.\n"
    note += "# Made by geo/training/words/given_names.py from the package Faker.\n"
    data_path("language/given_names.csv").write_text(note + "\n".join(["name", *lines, ""]), encoding="utf-8")


if __name__ == "__main__":
    main()
