"""Read reports into tables: geo extract, geo geoparse, geo review-status."""

from pathlib import Path
from typing import Annotated

import typer

from geo.cli_parameters import (
    Cluster,
    Country,
    Jobs,
    MinConfidence,
    OnlyReviewed,
    Out,
    OutOrDataset,
    OwnPlaces,
    PerReport,
    Published,
    Quiet,
    Rejected,
    Reviewed,
    Sort,
    Sources,
    Verbose,
    Where,
)
from geo.cli_places import places_for_run
from geo.cli_reading import account, command, gather, in_order, read_reports, say, write
from geo.cli_review import apply_files, status_text


def extract(
    sources: Sources = None,
    *,
    out: OutOrDataset = None,
    published: Published = None,
    per_report: PerReport = False,
    reviewed: Reviewed = None,
    only_reviewed: OnlyReviewed = False,
    min_confidence: MinConfidence = None,
    country: Country = None,
    gazetteer: OwnPlaces = None,
    rejected: Rejected = None,
    where: Where = None,
    jobs: Jobs = None,
    cluster: Cluster = None,
    sort: Sort = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Find the incidents that reports describe, and write them as one layer."""
    with command(quiet=quiet, verbose=verbose) as problems, places_for_run(country, gazetteer):
        if cluster or (out or "").endswith("/"):
            if reviewed or only_reviewed or rejected or where or sort:
                msg = "a dataset by month takes no --reviewed, --only-reviewed, --rejected, --where or --sort."
                raise typer.BadParameter(msg)
            from geo.cli_dataset import write_dataset  # noqa: PLC0415

            write_dataset(
                sources,
                out,
                published,
                problems,
                merge=not per_report,
                min_confidence=min_confidence,
                jobs=jobs,
                cluster=cluster,
            )
            return
        gathered = gather(
            sources,
            published,
            problems,
            merge=not per_report,
            min_confidence=min_confidence,
            jobs=jobs,
            where=where,
            keep=False,
        )
        incidents, _ = apply_files(gathered.incidents, reviewed or [], say=say, only=only_reviewed, problems=problems)
        write(in_order(incidents, sort), Path(out) if out else None, "incident")
        account(gathered, rejected)


def review_status(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="Files of decisions, or reviewed layers.")],
) -> None:
    """Count the decisions of a review by reviewer, and measure how far reviewers agree.

    Agreement is given as the share of equal cells and as Cohen's kappa, by column.
    """
    with command() as problems:
        text = status_text(files, problems)
        if text:
            typer.echo(text)


def geoparse(
    sources: Sources = None,
    *,
    out: Out = None,
    published: Published = None,
    country: Country = None,
    gazetteer: OwnPlaces = None,
) -> None:
    """Find the toponyms of reports and where they lie."""
    with command() as problems, places_for_run(country, gazetteer):
        import geo  # noqa: PLC0415

        write(geo.geoparse(read_reports(sources, published, problems)), out, "toponym")
