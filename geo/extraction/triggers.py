"""Find the trigger words: the words that report an incident.

The words stand in data/events/triggers.csv; here they are inflected, looked up, and distinguished
where a noun and a verb look alike ("attacks").
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from geo.extraction.language.inflection import inflect
from geo.extraction.language.tokens import Words, places_of, read_words
from geo.tables import triggers, word_class

_AFTER_NOUNS: Final = word_class("after_noun")
_AFTER_VERBS: Final = word_class("after_verb")
_RELATIVE: Final = word_class("subject_relative")
IDIOM: Final = "idiom"  # the frame of words that only sound like an incident: "killed off the game"
_NUMBERS: Final = word_class("small_number")
_LOCATIVE: Final = word_class("place_preposition")
_ARABIC: Final = frozenset({"al", "el", "ar", "ad", "an", "as", "at", "az", "ash", "ul"})
_ARTICLES: Final = frozenset({"a", "an", "another"})
_ADJECTIVES: Final = 3  # between "a" and a noun
_GAP: Final = 5  # words that "~" may stand for


@dataclass(frozen=True, slots=True)
class TriggerEntry:
    """One row of the table of triggers."""

    name: str  # the trigger as the table has it, "set fire to"
    part: str  # verb, noun or phrase
    sub_event_type: str  # "" when it only refers back
    frame: str
    strength: float
    needs: str


@dataclass(slots=True, unsafe_hash=True)  # not frozen: that would triple the time of making one
class Trigger:
    """The words of a report that mention an incident."""

    entry: TriggerEntry
    first: int  # word index
    stop: int  # one past its last word
    part: str  # verb or noun
    form: str  # base, s, past, ing, noun

    def gap(self, first: int, stop: int) -> tuple[int, int]:
        """Return the words between the trigger and the words `first` to `stop`, as first index and stop."""
        return (stop, self.first) if stop <= self.first else (self.stop, first)


@dataclass(frozen=True, slots=True)
class _Pattern:
    """What must follow a first word: sets of words, None for a gap."""

    entry: TriggerEntry
    rest: tuple[frozenset[str] | None, ...]
    form: str

    @property
    def rank(self) -> tuple[int, float]:
        return (len(self.rest), self.entry.strength)


def _irregular(verb: str, forms: str) -> dict[str, str]:
    kinds = {verb: "base"}
    for form in forms.split():
        kinds[form] = "ing" if form.endswith("ing") else "s" if form == verb + "s" or form.endswith("es") else "past"
        if form == verb:
            kinds[form] = "past"  # hit, hurt, set: past in news
    return kinds


def _first_forms(entry: TriggerEntry, first: str, forms: str) -> dict[str, str]:
    if entry.part == "phrase":
        return {first: "base"}
    if entry.part == "noun":
        return {first: "noun"}
    return _irregular(first, forms) if forms else inflect(first)


def _patterns(row: Mapping[str, str]) -> Iterator[tuple[str, _Pattern]]:
    """Return the patterns of one row, each under its first word."""
    name = row["trigger"]
    entry = TriggerEntry(name, row["part"], row["sub_event_type"], row["frame"], float(row["strength"]), row["needs"])
    if entry.part == "noun":
        spelled = [name, *_noun_forms(name, row["forms"])]
    elif entry.part == "phrase":
        spelled = [name, *(form for form in row["forms"].split("|") if form)]
    else:
        spelled = [name]
    for spelling in spelled:
        steps = [_step(part) for part in _steps(spelling)]
        first = steps[0]
        if first is None:
            continue
        for word in first:
            for form, kind in _first_forms(entry, word, row["forms"]).items():
                yield form, _Pattern(entry, tuple(steps[1:]), kind)


def _noun_forms(name: str, forms: str) -> list[str]:
    """Read the column `forms` of a noun: whole forms between "|", or words that replace the first."""
    if "|" in forms or (forms and " " in name and " " in forms):
        return forms.split("|")
    tail = name.split(" ", 1)[1:] if " " in name else []
    return [" ".join([form, *tail]) for form in forms.split()]


def _steps(spelling: str) -> list[str]:
    return [part for word in spelling.split() for part in (["~"] if word == "~" else _split(word))]


def _split(word: str) -> list[str]:
    """Cut "sit-in" as the reports are cut, but leave "stones|rocks" whole."""
    return [word] if "|" in word else list(read_words(word).words)


def _step(part: str) -> frozenset[str] | None:
    """Read one step of a pattern; of "sit-in" among alternatives the first word decides."""
    return None if part == "~" else frozenset(read_words(form).words[0] for form in part.split("|"))


@cache
def _table() -> dict[str, tuple[_Pattern, ...]]:
    table: dict[str, list[_Pattern]] = {}
    for row in triggers():
        for first, pattern in _patterns(row):
            table.setdefault(first, []).append(pattern)
    return {first: tuple(sorted(found, key=lambda p: p.rank, reverse=True)) for first, found in table.items()}


def find_triggers(words: Words, tags: str) -> list[Trigger]:
    """Find every trigger of a text, in text order; several may share words when their needs differ."""
    table = _table()
    found: list[Trigger] = []
    covered = -1
    for i in places_of(words.words, table):
        if i < covered or _describes(words, tags, i) or _is_in_name(words, i):
            continue
        patterns = table[words.words[i]]
        part = ""
        longest = 0
        for pattern in patterns:
            stop = _match(words.words, i + 1, pattern.rest) if pattern.rest else i + 1
            if stop is None or stop - i < longest:
                continue
            if not part:
                both = any(other.entry.part == "noun" for other in patterns)
                part = part_of_speech(words, tags, i, pattern.form, can_be_noun=both)
            wanted = "noun" if pattern.entry.part == "noun" else "verb"
            if pattern.entry.part != "phrase" and stop == i + 1 and wanted != part:
                continue
            longest = stop - i
            if pattern.entry.frame == IDIOM:
                break
            found.append(Trigger(pattern.entry, i, stop, wanted, pattern.form))
            if not pattern.entry.needs:
                break
        if longest > 1:
            covered = i + longest
    return found


def _is_in_name(words: Words, i: int) -> bool:
    """Return whether an Arabic article is joined to a word: "al-Ram" is a town."""
    return words.get(i - 1) == "-" and words.get(i - 2) in _ARABIC and words.text[words.starts[i]].isupper()


def _describes(words: Words, tags: str, i: int) -> bool:
    """Return whether a participle is an adjective: "in the rebel-held town", but "youths petrol-bombed cars"."""
    if tags[i + 1 : i + 2] != "n":
        return False
    if words.get(i - 1) in _LOCATIVE and words.words[i].endswith("ed"):
        return True  # "a protest in occupied Kherson"
    joined = i > 2 and tags[i - 1] == "-" and words.starts[i] == words.ends[i - 1]  # noqa: PLR2004
    return joined and tags[i - 3] in "DP" and not words.words[i].endswith("ing")


def _match(words: Sequence[str], at: int, rest: tuple[frozenset[str] | None, ...]) -> int | None:
    """Match the rest of a pattern from word `at` on; give where it stops."""
    gap = 0
    for step in rest:
        if step is None:
            gap = _GAP
            continue
        if not gap:  # straight behind, as most are
            if at >= len(words) or words[at] not in step:
                return None
            at += 1
            continue
        for ahead in range(at, min(at + gap + 1, len(words))):
            if words[ahead] in step:
                at = ahead + 1
                break
            if words[ahead] in ".,;:":
                return None
        else:
            return None
        gap = 0
    return at


def part_of_speech(words: Words, tags: str, i: int, form: str, *, can_be_noun: bool = True) -> str:
    """Return whether the word `i` is a verb or a noun here.

    Articles and prepositions stand before nouns, "to" and auxiliaries before verbs; what
    ends in -ed is a verb.
    """
    word, previous, following = words.words[i], words.get(i - 1), words.get(i + 1)
    before, after = tags[i - 1] if i else ".", tags[i + 1] if i + 1 < len(tags) else "."
    if word.endswith("ed") or form == "past" or previous == "to" or before in "AN":
        return "verb"
    if word.endswith("ing"):
        if can_be_noun and before == "n" and after in "P.,VASC" and _has_article(words, tags, i):
            return "noun"  # "a massive truck bombing in Mogadishu"
        compound = can_be_noun and before == "n" and after in "VA"
        return "noun" if before == "D" or following == "of" or compound else "verb"
    if form == "s" and _is_led(tags, i):
        return "noun"  # "broke through police barricades"
    noun = before in "D'#P" or previous in _NUMBERS or (can_be_noun and following in _AFTER_NOUNS)
    if form == "base" and not noun and _has_article(words, tags, i):
        return "noun"
    verb = after == "D" or following in _AFTER_VERBS or (before == "S" and previous in _RELATIVE)
    if not noun and not verb:
        noun = can_be_noun or (form == "s" and after == "P")  # "multiple targets in the city"
    return "noun" if noun else "verb"


def _is_led(tags: str, i: int) -> bool:
    """Return whether a preposition in mid-sentence leads to the nouns before a word."""
    at = i - 1
    while at > 0 and tags[at] == "n":
        at -= 1
    return 0 < at < i - 1 and tags[at] == "P" and tags[at - 1] in "Vn"


def _has_article(words: Words, tags: str, i: int) -> bool:
    """Return whether "a" opens the phrase that a word ends: "a second attack"; no bare verb has such a subject."""
    at = i - 1
    while at > 0 and i - at <= _ADJECTIVES and tags[at] == "n":
        at -= 1
    return words.get(at) in _ARTICLES and at < i - 1
