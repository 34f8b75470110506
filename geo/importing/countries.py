"""Know countries by the codes and names that other people's tables write."""

import re
from functools import cache

from geo.gazetteer import open_gazetteer
from geo.resources import read_table


@cache
def _codes(column: str) -> dict[str, str]:
    return {
        code: row["alpha2"]
        for row in read_table("importing/country_codes.csv")
        for code in filter(None, row[column].split(";"))
    }


def country_code(kind: str, code: str | None, name: str | None) -> str | None:
    """Give the ISO 3166-1 alpha-2 code of a country.

    Args:
        kind: How `code` is written: `numeric`, `alpha3`, `fips`, or `name` when there is none.
        code: Of the table, None when it has none.
        name: The country's name in the table, asked when the code says nothing.

    Returns:
        None when nobody knows.
    """
    if code:
        written = code.removesuffix(".0").zfill(3) if kind == "numeric" else code.upper()
        found = _codes(kind).get(written)
        if found:
            return found
    return _of_name(name) if name else None


@cache
def _of_name(name: str) -> str | None:
    """Find a country by name; UCDP writes former names in brackets, "Myanmar (Burma)"."""
    code = _codes("names").get(name)
    if code:
        return code
    bare = re.sub(r"\s*\([^()]*\)\s*$", "", name)
    for written in (name, bare):
        found = [place for place in open_gazetteer().find(written) if place.kind == "country"]
        if found:
            return found[0].country_code
    return None


@cache
def country_name(code: str | None) -> str | None:
    """Give geo's own name of a country."""
    return (open_gazetteer().country_name(code) or None) if code else None
