"""Find who acts and who suffers: armed forces, groups, crowds, persons, and the things that are attacked.

Known bodies stand in the table `data/events/actors.csv` and get its name; whoever else a noun phrase names is called
as the report calls them, without article and number. Who did what to whom is decided elsewhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from geo.extraction.entities.national_forces import attack_after, force_name, national_at, nationalities, role_of
from geo.extraction.entities.nouns import nouns
from geo.extraction.language.chunks import NounPhrase
from geo.extraction.language.tokens import Words, end_of_phrase, places_of, read_words
from geo.extraction.language.word_classes import any_in
from geo.gazetteer import open_gazetteer
from geo.tables import actors, word_class, word_classes

_SKIPPED: Final = word_class("inside_name")
_SHORT: Final = 3  # letters up to which an abbreviation counts only in capitals
_OPENERS: Final = word_class("phrase_opener")
_A_WORD: Final = 3.0  # frequency (Zipf's scale) from which on an abbreviation is known from a word by its capitals
_COMMON: Final = 4.4
_FACILITY: Final = "facility"
_ARMED: Final = word_class("armed_description")


@dataclass(slots=True, unsafe_hash=True)  # not frozen: that would triple the time of making one
class ActorMention:
    """A body, a person, people or a thing that a report names."""

    first: int  # index of the first word of the noun phrase
    stop: int  # index one past its last word
    start: int  # offset of its first character
    end: int  # offset one past its last character
    text: str  # the noun phrase
    name: str  # the table's name, or the phrase without article and number
    kind: str  # state, rebel, militia, gang, civilians, protesters, person, facility, unknown
    country_code: str | None  # ISO 3166-1 alpha-2
    known: bool  # whether the table has it
    number: str = ""  # a numeral or article says how many: "one", "some"; "" for a body
    noun_kind: str = ""  # of a thing: health, education, vehicle, ...
    role: str = ""  # of a state's force: army, police, security, government


@dataclass(frozen=True, slots=True)
class Body:
    """A body of the table."""

    name: str
    kind: str
    country_code: str | None


@dataclass(frozen=True, slots=True)
class _Alias:
    words: tuple[str, ...]
    actor: Body
    capitals: bool  # counts only where it is written in capitals
    common: bool  # is a common word, so that in a text of capitals other words must vouch for it


@cache
def _aliases() -> dict[str, tuple[_Alias, ...]]:
    """Read the table: first word of an alias -> the aliases that begin so, the longest first."""
    found: dict[str, list[_Alias]] = {}
    for row in actors():
        actor = Body(row.name, row.kind, row.country_code or None)
        for alias in dict.fromkeys([*_own_names(row.name), *row.aliases]):
            words = tuple(word for word in read_words(alias).words if word not in _SKIPPED)
            if words:
                found.setdefault(words[0], []).append(_Alias(words, actor, *_how_written(alias)))
    return {first: tuple(sorted(some, key=lambda alias: -len(alias.words))) for first, some in found.items()}


def _own_names(name: str) -> list[str]:
    """List the names within a name: of "PKK: Kurdistan Workers' Party" both, of "Taliban (Afghanistan)" the first."""
    return [part for part in name.split(" (", maxsplit=1)[0].split(": ") if len(part) > _SHORT]


def _how_written(alias: str) -> tuple[bool, bool]:
    """Return whether an alias counts only in capitals, and whether it is a common word beside."""
    if not alias.isupper() or " " in alias:
        return False, False
    commonness = open_gazetteer().zipf(alias.lower())
    return len(alias) <= _SHORT or commonness >= _A_WORD, commonness >= _COMMON


def find_actors(words: Words, phrases: Sequence[NounPhrase]) -> list[ActorMention]:
    """Find the bodies, people, persons and things that a text names, in text order.

    Args:
        words: Of the text, in any case.
        phrases: Its noun phrases, in text order.
    """
    known = _known(words, 0, len(words.words))
    mentions = []
    used: set[int] = set()
    for phrase in phrases:
        if phrase.sort == "number":
            continue
        inside = [hit for hit in known if hit[0] < phrase.stop and hit[1] > phrase.first]
        branch = any_in(words.words[phrase.head : phrase.head + 1], "group_part")  # "Islamic State's local branch"
        if inside and (phrase.sort != "thing" or branch):
            if all(hit[0] in used for hit in inside):
                continue
            used.update(hit[0] for hit in inside)
            mentions.append(_named(words, phrase, inside))
        else:
            if inside and phrase.sort == "thing":
                used.update(hit[0] for hit in inside)
            mentions.append(_unlisted(words, phrase))
    mentions += [_plain(words, hit) for hit in known if hit[0] not in used]
    taken = {at for mention in mentions for at in range(mention.first, mention.stop)}
    mentions += _attacking(words, taken)
    mentions.sort(key=lambda mention: mention.start)
    return _with_groups(words, mentions)


_Hit = tuple[int, int, Body]  # first word, word after the last, who


def find_bodies(words: Words, first: int, stop: int) -> list[Body]:
    """Find the bodies of the table that the words `first` to `stop` name."""
    return [body for _, _, body in _known(words, first, stop)]


def _known(words: Words, first: int, last: int) -> list[_Hit]:
    """Find the names of the table among the words `first` to `last`."""
    table, tokens, hits = _aliases(), words.words, []
    end = 0
    for index in (first + place for place in places_of(tokens[first:last], table)):
        if index < end:
            continue
        for alias in table[tokens[index]]:
            stop = end_of_phrase(tokens, index, alias.words, _SKIPPED)
            if 0 < stop <= last and _is_meant(words, index, stop, alias):
                hits.append((index, stop, alias.actor))
                end = stop
                break
    return hits


def _is_meant(words: Words, index: int, stop: int, alias: _Alias) -> bool:
    """Refuse "is" and "far" where they are no abbreviations."""
    if not alias.capitals:
        return True
    if not words.span(index, stop).isupper():
        return False
    if not alias.common:
        return True
    around = words.text[max(0, words.starts[index] - 60) : words.ends[stop - 1] + 60]
    # in a text of capitals "IS" is a verb, unless it stands in brackets or before "militants"
    noun = nouns().get(words.get(stop))
    return (
        any(map(str.islower, around))
        or words.get(index - 1) in {"[", "("}
        or (noun is not None and noun.sort == "people")
    )


def _named(words: Words, phrase: NounPhrase, inside: list[_Hit]) -> ActorMention:
    """Make the mention of a phrase that holds a name of the table: "two FMLN guerrillas"."""
    actor = inside[-1][2]
    first = min(phrase.first, inside[0][0])
    stop = max(phrase.stop, inside[-1][1])
    civilian = phrase.kind in {"civilian", "protesters"} and actor.kind == "state"
    name = _clean(words, first, stop) if civilian else actor.name
    kind = _kind(phrase) if civilian else actor.kind
    kind = "state" if any_in(words.words[stop - 1 : stop], "role_government") else kind  # "the ANC government"
    return ActorMention(
        *_where(words, first, stop), name, kind, actor.country_code, known=not civilian, number=_number(phrase)
    )


def _where(words: Words, first: int, stop: int) -> tuple[int, int, int, int, str]:
    """Give the words `first` to `stop` of a mention, their offsets, and how they are written."""
    start, end = words.starts[first], words.ends[stop - 1]
    return first, stop, start, end, words.text[start:end]


def _plain(words: Words, hit: _Hit) -> ActorMention:
    first, stop, actor = hit
    return ActorMention(*_where(words, first, stop), actor.name, actor.kind, actor.country_code, known=True)


def _unlisted(words: Words, phrase: NounPhrase) -> ActorMention:
    """Make the mention of a phrase that the table does not know."""
    first = _coordinated(words, phrase.first)
    stop = phrase.tail if phrase.sort == "thing" or phrase.least == 1 else phrase.stop
    nation = next((found for at in range(first, phrase.stop) if (found := national_at(words, at))), None)
    codes = nation.codes if nation else ()
    inside = words.words[first : phrase.stop]
    kind = "unknown" if phrase.kind == "civilian" and not _ARMED.isdisjoint(inside) else _kind(phrase)
    name, role = _clean(words, first, stop), ""
    if kind == "state" and phrase.sort != "name":
        role = role_of(inside)
        name = force_name(name, codes, role)
    elif nation and phrase.sort == "thing" and any_in(inside, "aircraft"):  # whoever flies them acts
        kind, role = "state", "army"
        name = force_name(f"{words.span(nation.first, nation.stop)} forces", codes, role)
    return ActorMention(
        *_where(words, first, stop), name, kind, codes[0] if codes else None, known=bool(role and codes),
        number=_number(phrase), noun_kind=phrase.kind if phrase.sort == "thing" and kind != "state" else "", role=role,
    )  # fmt: skip


def _attacking(words: Words, taken: set[int]) -> list[ActorMention]:
    """Find actors that only the nationality of an attack names: "Syrian or Russian airstrikes"."""
    table, found, end = nationalities(), [], 0
    for index in places_of(words.words, table):
        if index < end or index in taken:
            continue
        nation = national_at(words, index)
        if nation is None or not attack_after(words, nation):
            continue
        end = nation.stop
        where = _where(words, index, nation.stop)
        name = force_name(f"{words.span(index, nation.stop)} forces", nation.codes, "army")
        found.append(ActorMention(*where, name, "state", nation.codes[0], known=True, role="army"))
    return found


def _coordinated(words: Words, first: int) -> int:
    """Take in the first of two nationalities: "US and British warplanes"."""
    table = nationalities()
    if words.get(first - 1) in {"and", "or", "/", "-"} and words.get(first) in table and words.get(first - 2) in table:
        return first - 2
    return first


def _kind(phrase: NounPhrase) -> str:
    if phrase.sort == "thing":
        return _FACILITY
    return {"civilian": "civilians", "": "unknown"}.get(phrase.kind, phrase.kind)


def _number(phrase: NounPhrase) -> str:
    if phrase.sort in {"body", "thing"}:
        return ""
    return "one" if phrase.least == 1 and phrase.most == 1 else "some"


def _clean(words: Words, first: int, stop: int) -> str:
    """Call a phrase by its words, without article and number."""
    at = first
    while at < stop - 1 and (
        words.words[at] in _OPENERS
        or words.words[at] in word_classes()["opening_number"]
        or words.words[at][0].isdigit()
    ):
        if words.words[at + 1] == "-":
            break
        at += 1
    return " ".join(words.span(at, stop).split())


def _with_groups(words: Words, mentions: list[ActorMention]) -> list[ActorMention]:
    """Put "a group of" together with those who make it up: "a group of armed men"."""
    kept: list[ActorMention] = []
    for mention in mentions:
        previous = kept[-1] if kept else None
        if previous is not None and mention.start < previous.end:
            continue
        if previous is not None and _is_spelt_out(words, previous, mention):
            kept[-1] = _joined(words, previous, mention)
            continue
        if previous is not None and _is_made_of(words, previous, mention):
            where = _where(words, previous.first, mention.stop)
            name = mention.name if mention.known else f"{previous.name} of {mention.name}"
            kept[-1] = ActorMention(*where, name, mention.kind, mention.country_code,
                                    mention.known, "some", mention.noun_kind)  # fmt: skip
            continue
        kept.append(mention)
    return kept


def _is_spelt_out(words: Words, one: ActorMention, other: ActorMention) -> bool:
    """Return whether two mentions are one: "Cooperative for Development (CODECO) militants"."""
    between = words.text[one.end : other.start].strip()
    if other.known:
        return between in {"(", "[", "/"} and one.known and one.name == other.name
    return between in {")", "]"} and one.known and other.kind in {"rebel", "militia", "state", "unknown", "gang"}


def _joined(words: Words, one: ActorMention, other: ActorMention) -> ActorMention:
    text = words.text[one.start : other.end]
    return replace(one, stop=other.stop, end=other.end, text=text, number=other.number or one.number)


def _is_made_of(words: Words, group: ActorMention, mention: ActorMention) -> bool:
    between = words.low[group.end : mention.start].split()
    return (
        between in (["of"], ["of", "the"])
        and group.text.lower().split()[-1] in word_classes()["made_of"]
        and mention.kind != _FACILITY
    )
