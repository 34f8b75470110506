"""Gather the words that a page shows: interface texts, legend, credits, words to mark in sentences."""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from geo.errors import InputError
from geo.extraction.language.inflection import inflect
from geo.incidents.headlines.headline import wordings
from geo.resources import read_table
from geo.tables import credit_rows, effects, event_types, triggers
from geo.tables import tiles as tile_rows

RIGHT_TO_LEFT: Final = frozenset({"ar", "fa", "he", "ur"})
FALLBACK: Final = "en"
SAYS_REVIEWED: Final = ("reviewed.", "column.", "filter.")


def interface_texts(lang: str) -> dict[str, str]:
    """Give the interface texts of a language, in English where they are missing.

    Raises:
        InputError: If the table has no such language.
    """
    return _texts("page/interface_texts.csv", lang)


def review_texts(lang: str) -> dict[str, str]:
    """Give the texts of the review panel; see `interface_texts`."""
    return _texts("page/review_texts.csv", lang)


def reviewed_texts(lang: str) -> dict[str, str]:
    """Give those of them with which a page says that a person reviewed an incident."""
    return {key: text for key, text in review_texts(lang).items() if key.startswith(SAYS_REVIEWED)}


def _texts(table: str, lang: str) -> dict[str, str]:
    rows = list(read_table(table))
    languages = sorted(set(rows[0]) - {"key"})
    if lang not in languages:
        msg = f"language {lang!r} is not known; expected one of {', '.join(languages)}."
        raise InputError(msg)
    return {row["key"]: row[lang] or row[FALLBACK] for row in rows}


def direction(lang: str) -> str:
    """Say which way a language is written."""
    return "rtl" if lang in RIGHT_TO_LEFT else "ltr"


def legend() -> list[dict[str, str]]:
    """Give colour and shape of each event type, in the order of the vocabulary."""
    return [row._asdict() for row in event_types()]


def headline_words(lang: str) -> dict[str, list[tuple[str, list[str], str]]]:
    """Give the templates of headlines by part: term, words of the weapon, template; `small` has done its work."""
    return {
        part: [(row.term, list(row.weapons), row.template) for row in rows]
        for part, rows in wordings(lang).items()
        if part != "small"
    }


def attributions(shown: Collection[str] = ()) -> list[dict[str, str]]:
    """Say whose data the page holds, and under which licence.

    Args:
        shown: Datasets of other people of which the page shows rows.
    """
    today = datetime.now(tz=UTC).date().isoformat()
    return [
        {
            "text": f"{row['source'].replace('{day}', today)} ({row['what']})",
            "licence": row["licence"],
            "url": row["url"],
        }
        for row in credit_rows()
        if row["dataset"] in ("", *shown)
    ]


def tile_sources(tiles: Any) -> list[dict[str, Any]]:
    """Give the online tile layers that a reader may switch on.

    Args:
        tiles: A name of data/page/tiles.csv or, as in Folium, of xyzservices ("CartoDB positron"), a provider of
            xyzservices, or several of these; None for all of the table.

    Raises:
        InputError: If no tiles of a name are known, or they need a key.
    """
    known = tile_rows()
    if tiles is None:
        return [_table_tiles(row) for row in known.values()]
    asked = list(tiles) if isinstance(tiles, Collection) and not isinstance(tiles, str | Mapping) else [tiles]
    return [_table_tiles(known[one]) if isinstance(one, str) and one in known else _provider(one) for one in asked]


def _table_tiles(row: Mapping[str, str]) -> dict[str, Any]:
    kept = {key: value for key, value in row.items() if value and key != "max_zoom"}
    return kept | {"max_zoom": int(row["max_zoom"])}


def _provider(asked: Any) -> dict[str, Any]:
    """Look tiles up in xyzservices, which knows the addresses and terms of some hundred servers."""
    from xyzservices import TileProvider, providers  # noqa: PLC0415 - few pages offer other tiles

    try:
        provider = asked if isinstance(asked, TileProvider) else providers.query_name(str(asked))
    except ValueError as error:
        known = ", ".join(tile_rows())
        msg = f"tiles {asked!r} are not known; expected one of {known}, or a name of xyzservices: CartoDB positron."
        raise InputError(msg) from error
    try:
        url = provider.build_url(scale_factor="")
    except ValueError as error:
        msg = f"tiles {provider.name} need a key ({error}); set it as xyzservices says, and give the provider as tiles."
        raise InputError(msg) from error
    return {
        "name": provider.name.replace(".", " "),
        "url": url.replace("{s}", provider.get("subdomains", "abc")[0]),
        "attribution": provider.attribution,
        "max_zoom": int(provider.get("max_zoom", 18)),
    }


def highlights() -> dict[str, list[str]]:
    """Give the words to mark in a sentence: what happened, when, how many."""
    marked: dict[str, list[str]] = {"trigger": trigger_words()}
    for row in read_table("page/highlight_words.csv"):
        marked.setdefault(row["kind"], []).extend(row["words"].split())
    return marked


def trigger_words() -> list[str]:
    """Give the forms of the words that describe incidents; of phrases with gaps, nothing."""
    words: dict[str, None] = {}
    for row in triggers():
        if "~" not in row["trigger"] and "|" not in row["trigger"]:
            words |= dict.fromkeys(_forms(row["trigger"], row["part"], row["forms"].split()))
    words |= dict.fromkeys(effects())
    return list(words)


def _forms(trigger: str, part: str, irregular: list[str]) -> list[str]:
    """Inflect a verb in its first word, a noun in its last."""
    if part == "verb":
        first, space, rest = trigger.partition(" ")
        return [f"{form}{space}{rest}" for form in ([first, *irregular] if irregular else inflect(first))]
    if part == "noun" and " of" not in trigger:
        before, space, last = trigger.rpartition(" ")
        plural = next(form for form, kind in inflect(last).items() if kind == "s")
        return [trigger, f"{before}{space}{plural}"]
    return [trigger]
