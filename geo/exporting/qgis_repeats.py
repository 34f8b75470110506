"""Name a place once, as an expression of QGIS: the steps of geo/incidents/headlines/repeats.py.

Each step is an array of texts in a variable of the expression; `Steps` of qgis_headline.py lays them one in the other.
"""

from collections.abc import Iterable, Mapping

Refs = Mapping[str, str]


def place_words(slots: Refs) -> dict[str, str]:
    """Give the expressions of the words of the place: as it is called, as the column has it, and its province's."""
    return {"called": words(slots["name"]), "written": words('"place_name"'), "region": words(slots["province"])}


def without_tails(slots: Refs, tail: str) -> dict[str, str]:
    """Give the expressions of actor and target without a place at the end that the headline's place says again.

    Args:
        slots: How the expression calls what it knows.
        tail: Pattern of a text that ends with a place, as a text of an expression.
    """
    return {"actor": _without_tail(slots, "actor", tail), "target": _without_tail(slots, "target", tail)}


def named_once(slots: Refs, province: str) -> dict[str, str]:
    """Give the expressions of the place that is still to be named, and of the target.

    Args:
        slots: How the expression calls what it knows; `whom` holds the words of the target.
        province: Expression of the place where only its province is to be named.
    """
    whom, region, names = slots["whom"], slots["region"], _names(slots)
    part = any_of(f"\"geo_precision\" in ('site', 'settlement') and {_is_part(whom, name)}" for name in names)
    named = any_of(f"if(\"geo_precision\" = 'country', {name} = {whom}, strpos({whom}, {name}) > 0)" for name in names)
    beside = any_of(
        f"{_ends(name, region)} and {name} <> {region} and {_head_in(whom, name, region)}" for name in names
    )
    return {
        "place": f"case when {part} or {named} then NULL when {beside} then {province} else {slots['place']} end",
        "target": f"if({part}, {slots['name']}, {slots['target']})",
    }


def words(text: str) -> str:
    """Write the words of a text in lower case with a space round each; NULL for no text."""
    broken = f"regexp_replace(lower({text}), '[^\\\\p{{L}}\\\\p{{N}}]+', ' ')"
    return f"(' ' || nullif(trim({broken}), '') || ' ')"


def any_of(tests: Iterable[str]) -> str:
    """Join tests of which one is enough; one about something unknown fails."""
    return "(" + " or ".join(f"coalesce({test}, false)" for test in tests) + ")"


def _names(slots: Refs) -> tuple[str, str]:
    return slots["called"], slots["written"]


def _without_tail(slots: Refs, slot: str, tail: str) -> str:
    place = words(f"regexp_replace({slots[slot]}, {tail}, '\\\\2')")
    said = any_of(f"strpos({name}, {place}) > 0" for name in _names(slots))
    ends = any_of([f"regexp_match({slots[slot]}, {tail}) > 0"])
    return f"if({ends} and {said}, regexp_replace({slots[slot]}, {tail}, '\\\\1'), {slots[slot]})"


def _is_part(whom: str, place: str) -> str:
    begins = f"left({place}, length({whom})) = {whom}"
    return f"({_ends(place, whom)} or ({begins} and {_is_phrase(whom)}))"


def _ends(text: str, end: str) -> str:
    return f"right({text}, length({end})) = {end}"


def _head_in(whom: str, place: str, region: str) -> str:
    head = f"left({place}, length({place}) - length({region}) + 1)"
    return f"({_is_phrase(head)} and strpos({whom}, {head}) > 0)"


def _is_phrase(text: str) -> str:
    return f"regexp_match({text}, ' .+ .+ ') > 0"
