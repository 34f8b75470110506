"""Keep incidents that are not merged yet in Parquet, so that a task reads the rows and columns that it needs."""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from geo.atomic import whole_file
from geo.incident import Evidence, Incident

ROWS: Final = 2_000  # of a row group: a month of one part, or less
TUPLES: Final = ("report_ids", "in_response_to")
_DAYS: Final = ("date_start", "date_end")
_NUMBERS: Final = ("uncertainty_m", "lon", "lat", "confidence")
_COUNTS: Final = ("killed_min", "killed_max", "wounded_min", "wounded_max", "event_count_min")
_SPAN: Final = pa.struct(
    [("report_id", pa.string()), ("start", pa.int64()), ("end", pa.int64()), ("text", pa.large_string())]
)
NAMES: Final = tuple(field.name for field in fields(Incident))
# What merging never looks at, and what only the merged row needs.
FACTS: Final = tuple(name for name in NAMES if name not in {"evidence", "attribution", "in_response_to"})


def _type(name: str) -> pa.DataType:
    if name in TUPLES:
        return pa.list_(pa.string())
    if name == "evidence":
        return pa.list_(_SPAN)
    kinds = ((_DAYS, pa.date32()), (_NUMBERS, pa.float64()), (_COUNTS, pa.int64()))
    return next((kind for names, kind in kinds if name in names), pa.string())


SCHEMA: Final = pa.schema([(name, _type(name)) for name in NAMES])


def to_table(incidents: Sequence[Incident]) -> pa.Table:
    """Make an Arrow table of incidents, a row each."""
    columns: dict[str, Any] = {name: [getattr(i, name) for i in incidents] for name in NAMES if name != "evidence"}
    columns["evidence"] = [
        [{"report_id": e.report_id, "start": e.start, "end": e.end, "text": e.text} for e in i.evidence]
        for i in incidents
    ]
    return pa.table([pa.array(columns[name], SCHEMA.field(name).type) for name in NAMES], schema=SCHEMA)


def to_incidents(table: pa.Table) -> list[Incident]:
    """Make incidents of an Arrow table; what it has no column for is not said."""
    names = [name for name in table.column_names if name in SCHEMA.names]
    columns = [_cells(name, table.column(name).to_pylist()) for name in names]
    return [Incident(**dict(zip(names, row, strict=True))) for row in zip(*columns, strict=True)]


def _cells(name: str, cells: list[Any]) -> Iterable[Any]:
    if name == "evidence":
        return [tuple(Evidence(**span) for span in cell) for cell in cells]
    return map(tuple, cells) if name in TUPLES else cells


def write_table(table: pa.Table, path: Path) -> None:
    """Write a table whole or not at all, whoever else is writing the same one."""
    with whole_file(path, shared=True) as temporary:
        pq.write_table(table, temporary, compression="zstd", row_group_size=ROWS)


def write_arrays(path: Path, **arrays: Any) -> None:
    """Write arrays by name, likewise."""
    with whole_file(path, shared=True) as temporary, temporary.open("wb") as file:
        np.savez(file, **arrays)
