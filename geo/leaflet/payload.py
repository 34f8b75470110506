"""Gather all data of a page: what is known about it as JSON, the rest in compressed blocks."""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo import basemap
from geo.errors import InputError
from geo.exporting.file_metadata import datasets_in
from geo.incidents.contract.schema import coordinates
from geo.incidents.headlines import page_titles
from geo.incidents.layers.geodesic import side_by_side
from geo.incidents.review.terms import REVIEWED
from geo.leaflet import columns, details, page_texts, review_block
from geo.leaflet.encoding import Block, encode_block, json_bytes
from geo.leaflet.region import Box, basemap_block, bounds_of, central, outlines_block
from geo.leaflet.streets import read_streets
from geo.report import Report
from geo.vocabulary import DATE_PRECISIONS, GEO_PRECISIONS, STATUSES

SCHEMA: Final = 1
# What the page needs for its first picture; the rest follows after the map.
FIRST: Final = ("core", "dictionaries", "links", "basemap", "outlines")
NOT_DRAWN: Final = ("country", "unknown")
MOST_RADIUS_M: Final = 250_000.0  # of a circle that the first view makes room for
# Deflate squeezes a million sentences at half the cost where it need not try its hardest.
MANY_ROWS: Final = 200_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Payload:
    """The data of one page."""

    meta: dict[str, Any]
    first: list[Block]
    later: list[Block]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What the maker of a page chose."""

    title: str | None
    lang: str
    tiles: Any
    coarsened_m: float | None
    hidden: frozenset[str]
    asked_to_hide: tuple[str, ...]
    full_text: bool
    review: bool = False
    rings: tuple[str, ...] = ()
    author: str | None = None
    preview: str | None = None
    contact: str | None = None
    about: str | None = None
    story: Sequence[str] | None = None
    basemap: str | Path | None = None


def make_payload(incidents: gpd.GeoDataFrame, reports: Sequence[Report], choices: Choices) -> Payload:
    """Code a table of incidents for the page.

    Args:
        incidents: The contract's table, EPSG:4326, with what is withheld already taken out.
        reports: What is known of the reports; others appear by their id alone.
        choices: Of the page's maker.
    """
    header = about(choices, _datasets(incidents))  # first, since it knows which languages there are
    order = columns.row_order(incidents)
    gathered = details.gather_details(incidents, order, reports, choices.hidden)
    core = columns.core_columns(incidents, order, choices.hidden, choices.lang)
    meta = header | {
        "title": choices.title or page_titles.title(incidents, choices.lang, choices.hidden),
        "subtitle": page_titles.counts(choices.lang, len(incidents), gathered.n_reporting),
        "trust": trust(incidents),
        "story": story_rows(incidents, order, choices.story),
        "rows": len(incidents),
        **views(incidents),
        "columns": core.columns,
        "reports": len(gathered.report_ids),
        "detail_columns": details.detail_columns(incidents, choices.hidden),
    }
    parts = [
        ("core", 0, core.data),
        ("dictionaries", 0, json_bytes(core.dictionaries)),
        ("links", 0, columns.link_rows(incidents, order).astype("<i4").tobytes()),
        ("basemap", 0, json_bytes(basemap_block(coordinates(incidents), choices.lang))),
        ("outlines", 0, json_bytes(outlines_block(incidents, order))),
    ]
    later = _later(gathered, len(incidents), reports, choices)
    streets = read_streets(choices.basemap, coordinates(incidents)) if choices.basemap else None
    if streets:
        meta |= {"streets": streets.meta}
        meta["attributions"] = [*meta["attributions"], {"text": streets.attribution, "licence": "", "url": ""}]
    if columns.is_coded(incidents, "reviewed"):
        meta["texts"] |= page_texts.reviewed_texts(choices.lang)
    if choices.review:
        meta["review"] = review_block.review_meta(incidents, gathered.report_ids)
        meta["texts"] |= page_texts.review_texts(choices.lang)
        later = itertools.chain(later, review_block.review_parts(incidents, order, reports, gathered.report_ids))
    if "incident_id" not in choices.hidden:
        parts += details.id_parts(incidents, order)
    blocks = _packed(itertools.chain(parts, later), level=6 if len(incidents) < MANY_ROWS else 5)
    if streets:
        blocks.append(encode_block("streets", streets.archive, level=0))  # its tiles are compressed
    first = [block for block in blocks if block.name in FIRST]
    return Payload(meta=meta, first=first, later=[block for block in blocks if block.name not in FIRST])


def _packed(parts: Iterable[tuple[str, int, bytes]], level: int) -> list[Block]:
    """Compress the parts; zlib lets other threads run, so one is packed while the next is gathered."""
    with ThreadPoolExecutor(2) as pool:
        jobs = [pool.submit(encode_block, name, data, part=part, level=level) for name, part, data in parts]
    return [job.result() for job in jobs]


def _datasets(incidents: gpd.GeoDataFrame) -> list[str]:
    """Name the datasets of other people that the rows are from."""
    named = incidents[columns.DATASET].dropna().unique() if columns.is_coded(incidents, columns.DATASET) else ()
    # a comparison calls its tables by their files; whose rows they are is seen from their columns
    return sorted({*named, *datasets_in(incidents.columns)})


def views(incidents: gpd.GeoDataFrame) -> dict[str, Box | None]:
    """Say what the first view holds: the marks with their circles, without what lies far from most of them.

    Returns:
        `bounds` of the first view and, where something drawn lies outside, `all_bounds`. Whole countries
        are not drawn. East is above 180 where the view lies across the antimeridian.
    """
    xy = coordinates(incidents)
    drawn = ~incidents["geo_precision"].isin(NOT_DRAWN).to_numpy() & ~np.isnan(xy).any(axis=1)
    radius_m = np.minimum(incidents["uncertainty_m"].to_numpy(dtype="float64"), MOST_RADIUS_M)
    if not drawn.any():
        return {"bounds": bounds_of(xy), "all_bounds": None}
    xy[:, 0] = side_by_side(np.where(drawn, xy[:, 0], np.nan))
    everything = bounds_of(xy[drawn], radius_m[drawn])
    near = central(xy[drawn])
    if near.all():
        return {"bounds": everything, "all_bounds": None}
    return {"bounds": bounds_of(xy[drawn][near], radius_m[drawn][near]), "all_bounds": everything}


def trust(incidents: gpd.GeoDataFrame) -> dict[str, int]:
    """Count what a machine read (it says how sure it is), and of all what a person decided on."""
    checked = int(incidents[REVIEWED].notna().sum()) if REVIEWED in incidents else 0
    return {"extracted": int(incidents["confidence"].notna().sum()), "checked": checked}


def story_rows(incidents: gpd.GeoDataFrame, order: NDArray[np.int64], story: Sequence[str] | None) -> list[int] | None:
    """Give the page's rows of the incidents that the story goes through; None leaves the choice to the page.

    Raises:
        InputError: If the table has no incident of an id.
    """
    if story is None:
        return None
    rows = pd.Index(incidents["incident_id"]).get_indexer(pd.Index(list(story), dtype="str"))
    if (rows < 0).any():
        unknown = ", ".join(name for name, row in zip(story, rows, strict=True) if row < 0)
        msg = f"story: no incident {unknown} in the table; expected ids of the column incident_id."
        raise InputError(msg)
    found: list[int] = np.argsort(order)[rows].tolist()
    return found


def _later(
    gathered: details.Details, n_rows: int, reports: Sequence[Report], choices: Choices
) -> Iterator[details.Part]:
    yield from details.detail_parts(gathered, n_rows)
    if "report_ids" not in choices.hidden:
        yield from details.report_parts(gathered.report_ids, reports, nameless=choices.coarsened_m is not None)
        if choices.full_text:
            yield from details.text_parts(gathered.report_ids, reports)


def about(choices: Choices, datasets: Sequence[str] = ()) -> dict[str, Any]:
    """Say what does not depend on the rows: names of terms, texts, credits."""
    texts = page_texts.interface_texts(choices.lang)
    return {
        "schema": SCHEMA,
        "encoding": "base64",
        "lang": choices.lang,
        "dir": page_texts.direction(choices.lang),
        "made": datetime.now(tz=UTC).date().isoformat(),
        "detail_rows": details.DETAIL_ROWS,
        "report_rows": details.REPORT_ROWS,
        "text_rows": details.TEXT_ROWS if choices.full_text else 0,
        "legend": page_texts.legend(),
        "statuses": STATUSES,
        "geo_precisions": GEO_PRECISIONS,
        "date_precisions": DATE_PRECISIONS,
        "texts": texts,
        "headlines": page_texts.headline_words(choices.lang),
        "highlights": page_texts.highlights(),
        "attributions": page_texts.attributions(datasets),
        "border_note": basemap.BORDER_NOTE,
        "tiles": page_texts.tile_sources(choices.tiles),
        "rings": list(choices.rings),
        "author": choices.author,
        **({"preview": choices.preview} if choices.preview else {}),
        "contact": choices.contact,
        "about": choices.about,
        "coarsened_m": choices.coarsened_m,
        "hidden": list(choices.asked_to_hide),
    }
