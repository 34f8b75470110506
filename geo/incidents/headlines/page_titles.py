"""Say what a page, picture or project without a title of its own shows: where and when, and below it how many."""

from datetime import date
from functools import cache
from typing import Final

import geopandas as gpd
import pandas as pd

from geo.gazetteer.romanisation import plain_letters
from geo.incidents.headlines.labels import place_names
from geo.resources import read_table

MOST_COUNTRIES: Final = 3


@cache
def _texts(lang: str) -> dict[str, str]:
    return {row["key"]: row.get(lang) or row["en"] for row in read_table("page/interface_texts.csv")}


def title(incidents: gpd.GeoDataFrame, lang: str, hidden: frozenset[str] = frozenset()) -> str:
    """Say where and when: "Iraq and Syria, December 2019 \u2013 March 2020".

    Args:
        incidents: The contract's table.
        lang: A column of data/page/interface_texts.csv.
        hidden: Columns that stay out of the page, and out of its title.
    """
    texts = _texts(lang)
    where = "" if "country" in hidden else where_of(incidents, texts, place_names(lang))
    when = "" if hidden & {"date_start", "date_end"} else when_of(incidents, texts)
    if where and when:
        return texts["title.where_when"].format(where=where, when=when)
    return where or when or texts["panel"]


def where_of(incidents: gpd.GeoDataFrame, texts: dict[str, str], known: dict[str, str]) -> str:
    """Name the countries, those with most incidents first; of many the first two."""
    names = [
        known.get(name) or plain_letters(str(name))
        for name in incidents["country"].dropna().value_counts(sort=True).index
    ]
    if not names:
        return ""
    if len(names) > MOST_COUNTRIES:
        return texts["title.more_countries"].format(first=names[0], second=names[1], n=len(names) - 2)
    *before, last = names
    comma = texts["title.comma"]
    return texts["title.and"].format(before=comma.join(before), last=last) if before else last


def when_of(incidents: gpd.GeoDataFrame, texts: dict[str, str]) -> str:
    """Name the first and the last month; the day where all is of one."""
    first, last = incidents["date_start"].min(), incidents["date_end"].max()
    if pd.isna(first) or pd.isna(last):
        return ""
    if first == last:
        return texts["title.day"].format(day=first.day, month=texts[f"month.{first.month}"], year=first.year)
    begin, end = _month(first, texts), _month(last, texts)
    if begin == end:
        return end
    if first.year == last.year:
        begin = texts[f"month.{first.month}"]
    return f"{begin} \u2013 {end}"


def _month(day: date, texts: dict[str, str]) -> str:
    return texts["title.month"].format(month=texts[f"month.{day.month}"], year=day.year)


def counts(lang: str, incidents: int, reports: int) -> str:
    """Say how many: "12 incidents from 6 reports".

    Args:
        lang: A column of data/page/interface_texts.csv.
        incidents: How many.
        reports: How many describe them; 0 when that is not known or not said.
    """
    texts = _texts(lang)
    if not incidents:
        return texts["panel"]
    counted = _counted(texts, "title.incidents", incidents)
    return (
        texts["title"].format(incidents=counted, reports=_counted(texts, "title.reports", reports))
        if reports
        else counted
    )


def _counted(texts: dict[str, str], key: str, number: int) -> str:
    return texts[f"{key}.{'one' if number == 1 else 'many'}"].format(n=f"{number:,}".replace(",", "\u202f"))
