"""Read, pair, merge and write a corpus, step by step, each on the whole cluster."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from geo.distributed import steps
from geo.distributed.components import Corpus
from geo.distributed.parts import PART_BYTES, Part, SourceFile, cut, small_files, source_files
from geo.distributed.publishing import Dataset
from geo.distributed.running import a_client, run
from geo.distributed.steps import PartRead
from geo.errors import InputError
from geo.gazetteer.gazetteer import user_folder
from geo.incident import Incident
from geo.incidents.reports.cache import reading_state
from geo.incidents.reports.reading import lost, read_report
from geo.report import Report
from geo.workers import spread

if TYPE_CHECKING:
    from distributed import Client

FORMAT: Final = 1  # of the files in _work: another one reads everything anew
OnProblem = Callable[[InputError], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What was written."""

    folder: Path
    reports: int
    incidents: int
    parts: int
    parts_read: int  # the others were read by an earlier run


def extract(
    source: str | Path | Iterable[str | Path],
    out: str | Path,
    client: "Client | str | None" = None,
    *,
    merge: bool = True,
    published: date | None = None,
    min_confidence: float | None = None,
    jobs: int | None = None,
    part_bytes: int = PART_BYTES,
    on_problem: OnProblem | None = None,
    on_note: Callable[[str], None] | None = None,
) -> Written:
    """Find the incidents of a corpus on a Dask cluster, and write them as GeoParquet by month.

    The rows are those of `geo.extract` over the same reports. A run that ended early goes on where it ended, and
    files that were added or changed are read while the others are not read again.

    Args:
        source: Files, folders or globs, as `geo.read` takes them; JSON Lines are cut into parts, so are Parquet
            files with a column of texts. All machines see them under the same path.
        out: A folder that all machines share: `month=2020-03/part-0.parquet`, `_manifest.json`, `_work/`.
        client: Of a Dask cluster, or the address of its scheduler; without it a cluster on this machine.
        merge: Make one row of an incident that several reports describe.
        published: The day of publication for reports that do not say.
        min_confidence: The floor, from 0 to 1, below which an incident is left out.
        jobs: Worker processes of a cluster on this machine.
        part_bytes: About how much text one task reads.
        on_problem: Called for each input that cannot be used, while the rest is read; without it the first raises.
        on_note: Called with one line about what was skipped in a folder.

    Raises:
        InputError: If nothing can be read, or without `on_problem` for the first input that cannot be used.
        ExportError: If `out` holds something else.
        ClusterError: If the cluster stopped. What is written is kept.
        MissingExtraError: If Dask is not installed.
    """
    from geo.extraction import LEAST_CONFIDENCE  # noqa: PLC0415

    on_problem, on_note = on_problem or _raise, on_note or _pass
    floor = LEAST_CONFIDENCE if min_confidence is None else min_confidence
    dataset = Dataset(Path(out).absolute())
    files = source_files([source] if isinstance(source, str | Path) else source, on_problem, on_note)
    if not files:
        msg = f"{source}: nothing could be read, so nothing was written."
        raise InputError(msg)
    with a_client(client, jobs) as working:
        parts = _cut(working, files, part_bytes)
        state = f"{FORMAT}|{reading_state(user_folder())}|{floor}|{published}"
        keys = [part.key(state) for part in parts]
        known = {key for key in keys if dataset.has_read(key)}
        read = _read(working, parts, keys, dataset, floor=floor, published=published)
        for one in read:
            for problem in one.problems:
                on_problem(InputError(problem))
        corpus = Corpus(dataset, read)
        _report_dropped(corpus, on_problem)
        if not dataset.is_made_of(corpus.key(merge=merge)):
            _write(working, corpus, dataset, merge=merge)
    return Written(
        folder=dataset.folder,
        reports=sum(one.reports for one in read) - sum(map(len, corpus.dropped.values())),
        incidents=dataset.rows(),
        parts=len(parts),
        parts_read=len(set(keys) - known),
    )


def _cut(client: "Client", files: Sequence[SourceFile], part_bytes: int) -> list[Part]:
    """Cut the files into parts; large ones are cut on the cluster."""
    parts, to_cut = small_files(files, part_bytes)
    tasks = ((file, part_bytes) for file in to_cut)
    cuts = {file: found for (file, _), found in run(client, cut, tasks, what="cutting", total=len(to_cut))}
    return [*parts, *(part for file in to_cut for part in cuts[file])]


def _report_dropped(corpus: Corpus, on_problem: OnProblem) -> None:
    """Name reports whose ids were used before."""
    for again in corpus.dropped.values():
        on_problem(
            InputError(
                f"{len(again)} reports of one part have ids that were used before, {again[0]!r} first; "
                "they were left out: give each report its own."
            )
        )


def _raise(problem: InputError) -> None:
    raise problem


def _pass(note: str) -> None:
    """Say nothing."""


def _read(
    client: "Client", parts: Sequence[Part], keys: Sequence[str], dataset: Dataset, **options: Any
) -> list[PartRead]:
    """Read all parts; one that ends its workers is read here, report by report, so that the report is named."""
    tasks = ((part, key, str(dataset.work)) for part, key in zip(parts, keys, strict=True))
    careful = partial(steps.read_part, read_all=_one_by_one)
    made = run(client, steps.read_part, tasks, what="reading", total=len(parts), on_killed=careful, **options)
    read = {task[1]: result for task, result in made}
    return [read[key] for key in keys]


def _one_by_one(reports: Iterable[Report], on_problem: OnProblem) -> Iterator[tuple[str, list[Incident]]]:
    """Read each report in a process apart, and report those that end it."""
    return spread(read_report, reports, jobs=1, chunk=1, on_lost=lambda report: on_problem(lost(report)))


def _write(client: "Client", corpus: Corpus, dataset: Dataset, *, merge: bool) -> None:
    """Merge what was read and write it."""
    work = str(dataset.work)
    if merge:
        blocks = corpus.blocks()
        tasks = ((block, key, work, corpus.dropped_of(block.parts)) for key, block in blocks.items())
        paired = run(client, steps.pair_block, tasks, what="finding pairs", total=len(blocks))
        corpus.connect([key for _, key in paired])
        bins = ((bin_, key, work) for key, bin_ in corpus.bins())
        merged = run(client, steps.merge_bin, bins, what="merging")
        corpus.merged([made for _, made in merged])
    in_bins = corpus.save_in_bins()
    months = corpus.months(corpus.key(merge=merge))
    writing = ((month, work, str(in_bins), corpus.dropped_of([part for part, _ in month.parts])) for month in months)
    rows = {
        month.file: count
        for (month, *_), count in run(client, steps.write_month, writing, what="writing", total=len(months))
    }
    dataset.publish(corpus.key(merge=merge), rows, keep=corpus.files())
