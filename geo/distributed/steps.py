"""What a worker does: read a part, pair a block, cluster what hangs together, write a month.

Every step is a function of files that stay as they are, and writes one file that is named after them,
whole or not at all. So it may be run twice, at once too, by workers that do not know of each other.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final
from zlib import crc32

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from geo.atomic import whole_file
from geo.distributed.parts import Part, reports_of
from geo.distributed.storing import FACTS, NAMES, to_incidents, to_table, write_arrays, write_table
from geo.errors import InputError
from geo.exporting import geoparquet
from geo.incident import Incident
from geo.incidents.contract.schema import to_frame
from geo.incidents.extracting import divide, with_own_ids
from geo.incidents.merging.combining import by_day, combine, with_links
from geo.incidents.merging.facts import AREA, FINENESS, Rows, gather_facts
from geo.incidents.merging.month_blocks import UNDATED, BlockPairs, months_of, pairs_in_block
from geo.incidents.merging.pair_scores import Pairs
from geo.incidents.merging.pipeline import cluster
from geo.incidents.reports.reading import read_incidents
from geo.report import Report

LAST_MONTH: Final = 2**31 - 1  # of those that do not say when: they come last
ReadAll = Callable[[Iterable[Report], Callable[[InputError], None]], Iterable[tuple[str, list[Incident]]]]


@dataclass(frozen=True, slots=True)
class PartRead:
    """What is known of a part once it is read; the incidents themselves lie in its file."""

    key: str
    reports: int
    rows: int
    spans: list[list[int]]  # first and last month that a dated incident is looked at in, each pair once
    undated: int
    undated_places: list[str]
    problems: list[str]


def in_process(
    reports: Iterable[Report], on_problem: Callable[[InputError], None]
) -> Iterable[tuple[str, list[Incident]]]:
    """Read reports in this process."""
    return read_incidents(reports, jobs=1, on_problem=on_problem)


def read_part(
    part: Part, key: str, work: str, *, floor: float, published: date | None, read_all: ReadAll = in_process
) -> PartRead:
    """Read the reports of a part and keep their incidents, sorted by month."""
    about = Path(work, "read", f"{key}.json")
    if about.exists():
        return PartRead(**json.loads(about.read_text(encoding="utf-8")))
    problems: list[str] = []

    def keep(problem: InputError) -> None:
        problems.append(str(problem))

    found: list[Incident] = []
    report_ids = []
    for report_id, incidents in read_all(reports_of(part, published, keep), keep):
        report_ids.append(report_id)
        found += divide(incidents, floor)[0]
    found = with_own_ids(found)
    begin, end = _months(found)
    write_table(_by_month(found, begin, end), _incidents_path(work, key))
    write_table(
        pa.table({"report_id": pa.array(report_ids, pa.string())}), Path(work, "read", f"{key}.reports.parquet")
    )
    dated = begin != LAST_MONTH
    undated = [found[n] for n in np.flatnonzero(~dated).tolist()]
    read = PartRead(
        key=key,
        reports=len(report_ids),
        rows=len(found),
        spans=np.unique(np.column_stack([begin, end])[dated], axis=0).tolist(),
        undated=len(undated),
        undated_places=sorted({i.place_id for i in undated if i.place_id and FINENESS[i.geo_precision] < AREA}),
        problems=problems,
    )
    _note(about, read)
    return read


def _note(about: Path, done: "PartRead | BinMerged") -> None:
    """Write down what is known of a finished step."""
    with whole_file(about, shared=True) as temporary:
        temporary.write_text(json.dumps(asdict(done)), encoding="utf-8")


def _by_month(found: Sequence[Incident], begin: Rows, end: Rows) -> pa.Table:
    """Sort the incidents of a part by month, and number them; also say which of them others answer."""
    order = sorted(range(len(found)), key=lambda n: (begin[n], found[n].incident_id))
    answered = {target for incident in found for target in incident.in_response_to}
    more = {
        "begin": pa.array(begin[order], pa.int32()),
        "end": pa.array(end[order], pa.int32()),
        "row": pa.array(np.arange(len(order)), pa.int32()),
        "answered": pa.array([found[n].incident_id in answered for n in order], pa.bool_()),
    }
    table = to_table([found[n] for n in order])
    for name, column in more.items():
        table = table.append_column(name, column)
    return table


def _incidents_path(work: str, key: str) -> Path:
    return Path(work, "read", f"{key}.parquet")


def _months(incidents: Sequence[Incident]) -> tuple[Rows, Rows]:
    ordinals = [((i.date_start or i.date_end), (i.date_end or i.date_start)) for i in incidents]
    dated = np.array([first is not None for first, _ in ordinals], dtype=bool)
    begin = np.full(len(incidents), LAST_MONTH, dtype=np.int64)
    end = begin.copy()
    if dated.any():
        days = np.array([[first.toordinal(), last.toordinal()] for first, last in ordinals if first and last])
        begin[dated], end[dated] = months_of(days[:, 0], days[:, 1])
    return begin, end


def _load(work: str, key: str, columns: Sequence[str], where: Any, dropped: Iterable[str] = ()) -> pa.Table:
    """Read some rows of a part, without the incidents of reports that another part has too."""
    table = ds.dataset(_incidents_path(work, key)).to_table(columns=list(columns), filter=where)
    if dropped := list(dropped):
        reports = pc.list_element(table.column("report_ids"), 0)
        table = table.filter(pc.invert(pc.is_in(reports, pa.array(dropped, pa.string()))))
    return table


@dataclass(frozen=True, slots=True)
class Block:
    """A block and the parts that have rows in it; of the undated ones, those whose places fall into one share."""

    number: int
    parts: tuple[str, ...]
    share: int = 0
    shares: int = 1
    places: tuple[str, ...] = ()

    def where(self) -> Any:
        """Say which rows of a part belong to it or visit it."""
        if self.number != UNDATED:
            return (pc.field("begin") <= self.number) & (pc.field("end") >= self.number)
        return (pc.field("begin") == LAST_MONTH) | pc.field("place_id").isin(pa.array(self.places, pa.string()))

    def holds(self, place_id: str | None) -> bool:
        """Return whether a place falls into its share."""
        return crc32((place_id or "").encode()) % self.shares == self.share


def pair_block(block: Block, key: str, work: str, dropped: Mapping[str, Sequence[str]]) -> str:
    """Find the likely pairs of a block; each incident is meant by its part and its row there."""
    path = Path(work, "pairs", f"{key}.npz")
    if path.exists():
        return key
    rows: list[tuple[Incident, int, int]] = []
    for n, part in enumerate(block.parts):
        table = _load(work, part, [*FACTS, "row"], block.where(), dropped.get(part, ()))
        incidents = to_incidents(table)
        rows += [
            (incident, n, row)
            for incident, row in zip(incidents, table.column("row").to_pylist(), strict=True)
            if block.shares == 1 or block.holds(incident.place_id)
        ]
    rows.sort(key=lambda one: one[0].incident_id)
    nothing = np.empty(0)
    found = BlockPairs(Pairs(*[nothing.astype(t) for t in (int, int, float, bool, bool)]), (nothing.astype(int),) * 2)
    if rows:
        found = pairs_in_block([incident for incident, _, _ in rows], block.number)
    at = np.array([(n, row) for _, n, row in rows], dtype=np.int64).reshape(-1, 2)
    pairs, (first, again) = found.pairs, found.repeats
    write_arrays(
        path,
        i=at[pairs.i],
        j=at[pairs.j],
        score=pairs.score,
        contradicted=pairs.contradicted,
        loose=pairs.loose,
        first=at[first],
        again=at[again],
    )
    return key


@dataclass(frozen=True, slots=True)
class Bin:
    """Some components: their incidents by part and row, and the pairs among them, in positions of these."""

    parts: tuple[str, ...]
    part: Rows
    row: Rows
    pairs: Pairs


@dataclass(frozen=True, slots=True)
class BinMerged:
    """What is known of a bin once it is merged."""

    key: str
    rows: int
    months: list[int]
    moved: int  # answered incidents whose id is another now


def merge_bin(bin_: Bin, key: str, work: str) -> BinMerged:
    """Cluster the incidents of a bin and make one of each cluster."""
    about = Path(work, "merged", f"{key}.json")
    if about.exists():
        return BinMerged(**json.loads(about.read_text(encoding="utf-8")))
    rows: list[tuple[Incident, bool, int]] = []
    for n in np.unique(bin_.part).tolist():
        positions = np.flatnonzero(bin_.part == n)
        positions = positions[np.argsort(bin_.row[positions], kind="stable")]
        where = pc.field("row").isin(pa.array(bin_.row[positions], pa.int32()))
        table = _load(work, bin_.parts[n], [*NAMES, "row", "answered"], where).sort_by("row")
        rows += zip(to_incidents(table), table.column("answered").to_pylist(), positions.tolist(), strict=True)
    rows.sort(key=lambda one: one[0].incident_id)
    position = np.zeros(len(rows), dtype=np.int64)
    position[[at for _, _, at in rows]] = np.arange(len(rows))
    incidents = [incident for incident, _, _ in rows]
    groups = cluster(gather_facts(incidents), bin_.pairs.renumber(position))
    merged = sorted((combine([incidents[row] for row in group]) for group in groups), key=by_day)
    moved = {
        incidents[row].incident_id: incidents[group[0]].incident_id
        for group in groups
        for row in group
        if rows[row][1] and row != group[0]
    }
    begin, _ = _months(merged)
    table = to_table(merged).append_column("begin", pa.array(begin, pa.int32()))
    write_table(table, Path(work, "merged", f"{key}.parquet"))
    homes = {"member": list(moved), "home": list(moved.values())}
    write_table(
        pa.table(homes, pa.schema([(n, pa.string()) for n in homes])), Path(work, "merged", f"{key}.homes.parquet")
    )
    made = BinMerged(key, len(merged), np.unique(begin).tolist(), len(moved))
    _note(about, made)
    return made


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the dataset: the parts and bins that have incidents in it, and the file to write."""

    number: int
    parts: tuple[tuple[str, int], ...]  # with the number of its first row among all
    bins: tuple[str, ...]
    moved: tuple[str, ...]  # bins in which answered incidents went into others
    file: str


def write_month(month: Month, work: str, clustered: str, dropped: Mapping[str, Sequence[str]]) -> int:
    """Write the incidents of a month: those that nothing was paired with, and the merged ones."""
    path = Path(work, month.file)
    in_bins = np.load(clustered, mmap_mode="r")
    where = pc.field("begin") == month.number
    incidents: list[Incident] = []
    for part, offset in month.parts:
        table = _load(work, part, [*NAMES, "row"], where, dropped.get(part, ()))
        rows = table.column("row").to_numpy()
        incidents += to_incidents(table.filter(pa.array(~in_bins[offset + rows])))
    for key in month.bins:
        table = ds.dataset(Path(work, "merged", f"{key}.parquet")).to_table(filter=where, columns=list(NAMES))
        incidents += to_incidents(table)
    home = _homes(work, month.moved, {target for i in incidents for target in i.in_response_to})
    incidents = sorted((with_links(incident, home) for incident in incidents), key=by_day)
    if path.exists():
        return len(incidents)
    with whole_file(path, shared=True) as temporary:
        geoparquet.write(to_frame(incidents), temporary, name="incidents")
    return len(incidents)


def _homes(work: str, bins: Sequence[str], wanted: set[str]) -> dict[str, str]:
    """Say into which incidents the wanted ones were merged."""
    if not bins or not wanted:
        return {}
    files = [str(Path(work, "merged", f"{key}.homes.parquet")) for key in bins]
    table = ds.dataset(files).to_table(filter=pc.field("member").isin(pa.array(sorted(wanted), pa.string())))
    return dict(zip(table.column("member").to_pylist(), table.column("home").to_pylist(), strict=True))
