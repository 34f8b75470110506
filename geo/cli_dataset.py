"""Read reports on a Dask cluster into a dataset by month, from the command line."""

from datetime import date

import typer

from geo.cli_reading import Problems, counted, note, say


def write_dataset(
    sources: list[str] | None,
    out: str | None,
    published: date | None,
    problems: Problems,
    *,
    merge: bool,
    min_confidence: float | None,
    jobs: int | None,
    cluster: str | None,
) -> None:
    """Read what was named and say what came of it."""
    import geo.distributed  # noqa: PLC0415

    if not sources:
        msg = "no reports named; give files, folders or globs."
        raise typer.BadParameter(msg)
    if not out or not out.endswith("/"):
        msg = f"--cluster writes a folder of GeoParquet by month, not {out or 'standard output'}; name it -o dataset/."
        raise typer.BadParameter(msg)
    made = geo.distributed.extract(
        sources,
        out,
        cluster,
        merge=merge,
        published=published,
        min_confidence=min_confidence,
        jobs=jobs,
        on_problem=problems,
        on_note=note,
    )
    kept = made.parts - made.parts_read
    say(
        f"{counted(made.incidents, 'incident')} from {counted(made.reports, 'report')} written to {out}"
        + (f"; {counted(kept, 'part')} of {made.parts:,} had been read before" if kept else "")
    )
