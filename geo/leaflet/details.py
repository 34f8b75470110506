"""Write what the page reads only when a reader asks: ids, evidence, reports and their texts.

It comes in parts, so that opening one incident of a million unpacks a few thousand rows. The lists
are gathered into Arrow columns in the table's own order, where they lie together in memory, and put
into the page's order there: five times as quick as going from dict to dict.
"""

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from geo.incidents.contract.schema import COLUMNS
from geo.leaflet.columns import OPTIONAL, is_coded
from geo.leaflet.encoding import json_bytes, json_list
from geo.reading.front_matter import front_matter_end
from geo.report import Report

DETAIL_ROWS: Final = 4096
REPORT_ROWS: Final = 1024
TEXT_ROWS: Final = 16
# Columns of the contract that stand in the details; a user's own columns follow them.
DETAIL_COLUMNS: Final = ("place_text", "place_id")

# Keys of the lists, and the one that JavaScript takes for something else.
RESERVED: Final = frozenset(
    "evidence_count evidence_report evidence_start evidence_end evidence_text report_count report __proto__".split()
)

# A sentence of a report, as the column `evidence` has it.
SPAN: Final = pa.struct(
    [("report_id", pa.large_string()), ("start", pa.int64()), ("end", pa.int64()), ("text", pa.large_string())]
)
TEXTS: Final = ("report_id", "text")
Part = tuple[str, int, bytes]
Order = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Details:
    """The columns of the details in the page's row order, and the reports that they name."""

    flat: dict[str, pa.Array | list[Any]]  # one entry per row
    lists: dict[str, dict[str, pa.ListArray]]  # by their count's name: lists that belong together
    report_ids: list[str]
    n_reporting: int  # how many of these describe the incidents


def gather_details(
    incidents: gpd.GeoDataFrame, order: Order, reports: Sequence[Report], hidden: frozenset[str]
) -> Details:
    """Put what the details hold into columns.

    Args:
        incidents: The contract's table.
        order: Its rows in the order of the page, shape (n,).
        reports: What is known of the reports; they are numbered first.
        hidden: Columns that stay out of the page.
    """
    rows = pa.array(order)
    report_ids, quoted = incidents["report_ids"].tolist(), incidents["evidence"].tolist()
    spans = spans_of(quoted)
    ids = pa.chunked_array(
        [
            texts(report.id for report in reports),
            texts(itertools.chain.from_iterable(report_ids)),
            spans.field("report_id"),
        ]
    )
    coded = ids.combine_chunks().dictionary_encode()
    _, of_rows, of_spans = (coded.indices[a:b] for a, b in itertools.pairwise(_ends(ids)))
    lists: dict[str, dict[str, pa.ListArray]] = {}
    if "evidence" not in hidden:
        columns = {
            "evidence_report": of_spans,
            "evidence_start": spans.field("start"),
            "evidence_end": spans.field("end"),
            "evidence_text": spans.field("text"),
        }
        lists["evidence_count"] = {name: nested(values, quoted).take(rows) for name, values in columns.items()}
    if "report_ids" not in hidden:
        lists["report_count"] = {"report": nested(of_rows, report_ids).take(rows)}
    flat = {name: cells(incidents[name], order) for name in detail_columns(incidents, hidden)}
    return Details(flat, lists, coded.dictionary.to_pylist(), pc.count_distinct(of_rows).as_py())


def spans_of(quoted: Sequence[Sequence[dict[str, Any]]]) -> pa.StructArray:
    """Put all sentences of all rows into one Arrow column, one field a key."""
    spans = list(itertools.chain.from_iterable(quoted))
    try:
        return pa.array(spans, type=SPAN)
    except UnicodeEncodeError:
        fields = [texts(map(itemgetter(field.name), spans)).cast(field.type) for field in SPAN if field.name in TEXTS]
        numbers = [pa.array(map(itemgetter(name), spans), pa.int64()) for name in ("start", "end")]
        return pa.StructArray.from_arrays([fields[0], *numbers, fields[1]], fields=list(SPAN))


def _ends(chunks: pa.ChunkedArray) -> list[int]:
    return list(itertools.accumulate(map(len, chunks.chunks), initial=0))


def texts(values: Any) -> pa.Array:
    """Make an Arrow column of texts; half a surrogate pair, which UTF-8 has not, becomes "?"."""
    values = list(values)
    try:
        return pa.array(values, type=pa.large_string())
    except UnicodeEncodeError:
        whole = [value if value is None else value.encode("utf-8", "replace").decode() for value in values]
        return pa.array(whole, type=pa.large_string())


def nested(values: pa.Array, lists: Sequence[Sequence[Any]]) -> pa.ListArray:
    """Divide flat values among rows as the lists do that they came from."""
    offsets = np.fromiter(itertools.accumulate(map(len, lists), initial=0), np.int64, len(lists) + 1)
    return pa.LargeListArray.from_arrays(pa.array(offsets), values)


def detail_columns(incidents: gpd.GeoDataFrame, hidden: frozenset[str]) -> list[str]:
    """Name the columns of the details: the contract's two, and the user's own."""
    coded = {name for name in OPTIONAL if is_coded(incidents, name)}
    own = [str(name) for name in incidents.columns if name not in COLUMNS and name not in coded]
    return [name for name in (*DETAIL_COLUMNS, *own) if name not in hidden]


def cells(column: "pd.Series[Any]", order: Order) -> pa.Array | list[Any]:
    """Give a column's cells as JSON holds them, in the page's order: text, number or null."""
    if column.dtype == "str":
        texts = pa.array(column, type=pa.large_string(), from_pandas=True)  # in pieces, of a table put together
        return (texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts).take(pa.array(order))
    known = column.notna().to_numpy()
    convert: Callable[[Any], Any] = str
    if pd.api.types.is_numeric_dtype(column.dtype) and not pd.api.types.is_bool_dtype(column.dtype):
        known = known & np.isfinite(column.to_numpy(dtype=np.float64, na_value=np.nan))
        convert = _number
    values = column.tolist()
    return [(_day(values[n]) or convert(values[n])) if known[n] else None for n in order.tolist()]


def _number(cell: Any) -> Any:
    return cell.item() if isinstance(cell, np.generic) else cell


def _day(cell: Any) -> str:
    return cell.isoformat() if isinstance(cell, date) else ""


def detail_key(name: str) -> str:
    """Say under which key a column stands: a user's own may be called like a list that the page needs."""
    return f"column {name}" if name in RESERVED else name


def id_parts(incidents: gpd.GeoDataFrame, order: Order) -> Iterator[Part]:
    """Give the ids of all rows, a line each."""
    ids = pa.array(incidents["incident_id"], type=pa.large_string()).take(pa.array(order)).to_pylist()
    lines = "\n".join(ids)
    if len(lines.splitlines()) > len(ids):
        lines = "\n".join("".join(line.splitlines()) for line in ids)
    yield "ids", 0, f"{lines}\n".encode("utf-8", "replace")


def detail_parts(details: Details, n_rows: int) -> Iterator[Part]:
    """Give the details, `DETAIL_ROWS` rows a part; lists are flattened beside their counts."""
    for part, start in enumerate(range(0, n_rows, DETAIL_ROWS)):
        table: dict[str, bytes] = {}
        for name, column in details.flat.items():
            rows = column[start : start + DETAIL_ROWS]
            table[detail_key(name)] = json_bytes(rows) if isinstance(rows, list) else json_list(rows)
        for count, columns in details.lists.items():
            for name, lists in columns.items():
                rows = lists.slice(start, DETAIL_ROWS)
                table[count] = json_list(rows.value_lengths())
                table[name] = json_list(rows.flatten())
        yield "details", part, b"{" + b",".join(json_bytes(key) + b":" + table[key] for key in table) + b"}"


def report_parts(ids: Sequence[str], reports: Sequence[Report], *, nameless: bool = False) -> Iterator[Part]:
    """Give what is known of each report; of some only the id.

    Args:
        ids: Of all reports, in the order of their numbers.
        reports: What is known.
        nameless: Whether to number the reports instead of showing their ids (which may be file names).
    """
    known = {report.id: _about(report) for report in reports}
    rows = [known.get(report_id, {"id": report_id}) for report_id in ids]
    if nameless:
        rows = [{**row, "id": str(n)} for n, row in enumerate(rows, start=1)]
    for part, start in enumerate(range(0, len(rows), REPORT_ROWS)):
        yield "reports", part, json_bytes(rows[start : start + REPORT_ROWS])


def _about(report: Report) -> dict[str, Any]:
    return {
        "id": report.id,
        "title": report.title,
        "publisher": report.publisher,
        "published": report.published.isoformat() if report.published else None,
        "url": report.url,
        "language": report.language,
    } | ({"body": start} if (start := front_matter_end(report.text)) else {})


def text_parts(ids: Sequence[str], reports: Sequence[Report]) -> Iterator[Part]:
    """Give the whole texts without front matter (the report's `body` says how long that was), null for unknown ones."""
    known = {report.id: report.text[front_matter_end(report.text) :] for report in reports}
    rows = [known.get(report_id) for report_id in ids]
    for part, start in enumerate(range(0, len(rows), TEXT_ROWS)):
        yield "texts", part, json_bytes(rows[start : start + TEXT_ROWS])
