"""Write the headline of an incident as an expression of QGIS, so that it follows what a person edits.

The templates are those of geo/incidents/headlines/headline.py, and so are the words that come of them.
"""

from collections.abc import Iterable, Mapping
from typing import Final

import pandas as pd

from geo.exporting.qgis_repeats import named_once, place_words, without_tails, words
from geo.incidents.headlines.headline import NAMES, Wording, labels_of, templates, wordings
from geo.incidents.headlines.templates import Choice, Parts, Slot, parse

NESTED: Final = 4  # replacements in one another: QGIS takes twice as long to prepare them for each further one
MOST_NAMES: Final = 2_000  # of a layer that a style can hold; names beyond them are written in full

Names = Mapping[str, Mapping[str, str]]


def names_in(layer: pd.DataFrame, lang: str = "en") -> dict[str, dict[str, str]]:
    """Say, by column, what headlines call the actors and places of a layer that they call otherwise.

    Args:
        layer: Incidents.
        lang: Of the headlines.
    """
    found: dict[str, dict[str, str]] = {}
    for column, _ in NAMES.values():
        entries = layer[column].dropna().astype("str").unique().tolist()[:MOST_NAMES] if column in layer else []
        called = labels_of(column, entries, lang)
        found[column] = {entry: name for entry, name in zip(entries, called, strict=True) if name}
    return found


def headline(names: Names | None = None, lang: str = "en") -> str:
    """Write the expression.

    Args:
        names: As `names_in` gives them; without, actors and places are called as the columns call them.
        lang: Of the headline.
    """
    steps = Steps()
    steps.take({slot: name_of(column, names or {}) for slot, (column, _) in NAMES.items()})
    steps.take({f"form_{what}": _form(what) for what in ("killed", "wounded")} | place_words(steps.slots))
    place = _by_term('"geo_precision"', templates(lang, "place"), steps.slots)
    known = {"toll": _toll(lang, steps.slots), "series": _number('"event_count_min"'), "place": f"nullif({place}, '')"}
    once = templates(lang, "repeat")
    steps.take(known | without_tails(steps.slots, text(once["tail"])))
    steps.take({"whom": words(steps.slots["target"])})
    steps.take(named_once(steps.slots, filled(once["province"], steps.slots)))
    steps.take({"what": _deed(wordings(lang)["what"], steps.slots)})
    statuses = templates(lang, "status")
    line = _by_term("coalesce(\"status\", 'reported')", statuses | {"": statuses["reported"]}, steps.slots)
    steps.take({"line": line})
    joined = list(templates(lang, "joined").items())
    for first in range(0, len(joined), NESTED):
        line = steps.slots["line"]
        for pattern, by in joined[first : first + NESTED]:
            line = f"regexp_replace({line}, {text(pattern)}, {text(by)})"
        steps.take({"line": line})
    return steps.around("upper(left({line}, 1)) || substr({line}, 2)".format(**steps.slots))


class Steps:
    """Expressions that use those before them, each written out once: a variable holds what a step gives.

    QGIS prepares an expression anew for every variable within a variable, so few of them hold much.
    """

    def __init__(self) -> None:
        """Begin with nothing known."""
        self.slots: dict[str, str] = {}  # how the expression calls what is known
        self._taken: list[dict[str, str]] = []

    def take(self, step: Mapping[str, str]) -> None:
        """Add what can be said of what is known."""
        self._taken.append(dict(step))
        # Not a map: one with a value that is not known is not known itself.
        self.slots |= {name: f"array_get(@geo_{len(self._taken)}, {place})" for place, name in enumerate(step)}

    def around(self, whole: str) -> str:
        """Write an expression with all steps round it."""
        for number, step in reversed(list(enumerate(self._taken, start=1))):
            whole = f"with_variable('geo_{number}', array({', '.join(step.values())}), {whole})"
        return whole


def text(value: str) -> str:
    """Quote a text for an expression."""
    return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'"


def filled(template: str, slots: Mapping[str, str]) -> str:
    """Write a template as an expression; NULL where a slot outside brackets is not known."""
    return _joined(parse(template), slots)


def _joined(parts: Parts, slots: Mapping[str, str]) -> str:
    return " || ".join(_piece(part, slots) for part in parts) or "''"


def _piece(part: "str | Slot | Choice", slots: Mapping[str, str]) -> str:
    if isinstance(part, str):
        return text(part)
    if isinstance(part, Slot):
        return slots.get(part.name, "NULL")
    return f"coalesce({', '.join([*(_joined(option, slots) for option in part.options), text('')])})"


def name_of(column: str, names: Names) -> str:
    """Write as an expression what a headline calls the actor or place in a column."""
    own, called = f"nullif(trim(\"{column}\"), '')", names.get(column)
    if not called:
        return own
    pairs = ", ".join(f"{text(entry)}, {text(name)}" for entry, name in called.items())
    return f'coalesce(map_get(map({pairs}), "{column}"), {own})'


def _by_term(column: str, rows: Mapping[str, str], slots: Mapping[str, str]) -> str:
    cases = " ".join(f"when {column} = {text(term)} then {filled(row, slots)}" for term, row in rows.items() if term)
    return f"case {cases} else {filled(rows[''], slots)} end"


def _deed(rows: Iterable[Wording], slots: Mapping[str, str]) -> str:
    cases, rest = [], "''"
    for row in rows:
        if not row.term:
            rest = filled(row.template, slots)
            continue
        test = f'{text(row.term)} in ("sub_event_type", "event_type")'
        if row.weapons:
            armed = " or ".join(f'strpos(lower("weapon"), {text(word)}) > 0' for word in row.weapons)
            test += f" and ({armed})"
        cases.append(f"when {test} then {filled(row.template, slots)}")
    return f"case {' '.join(cases)} else {rest} end"


def _number(expression: str) -> str:
    return f"format_number({expression}, 0, 'en')"


def _toll(lang: str, known: Mapping[str, str]) -> str:
    forms = {what: known[f"form_{what}"] for what in ("killed", "wounded")}
    slots = {}
    for what, other in (("killed", "wounded"), ("wounded", "killed")):
        numbers = {"least": _number(f'"{what}_min"'), "most": _number(f'"{what}_max"')}
        cases = " ".join(
            f"when {forms[what]} = {text(term)} then {filled(row, numbers)}"
            for term, row in templates(lang, what).items()
        )
        silent = f"{forms[what]} = 'none' and {forms[other]} is not null"
        slots[what] = f"case when {silent} then NULL {cases} end"
    nothing = " and ".join(f"{form} = 'none'" for form in forms.values())
    words = templates(lang, "toll")
    return f"nullif(case when {nothing} then {text(words['none'])} else {filled(words['some'], slots)} end, '')"


def _form(what: str) -> str:
    """Return in which form a count is given, NULL without one."""
    least, most = f'coalesce("{what}_min", 0)', f'"{what}_max"'
    return (
        f"(case when {most} is null then if({least} > 0, 'least', NULL) "
        f"when {least} = {most} then if({most} = 0, 'none', if({most} = 1, 'one', 'exact')) "
        f"else if({least} = 0, 'most', 'range') end)"
    )
