"""Read reports into tables: geo extract, geo geoparse, geo review-status."""

from pathlib import Path
from typing import Annotated, TypedDict

import typer

from geo import cli_parameters as given
from geo.cli_places import places_for_run
from geo.cli_reading import account, command, gather, in_order, read_reports, say, write
from geo.cli_review import apply_files, status_text


class How(TypedDict):
    """How reports are read, on this machine or on a cluster."""

    merge: bool
    min_confidence: float | None
    jobs: int | None


def extract(
    sources: given.Sources = None,
    *,
    out: given.OutOrDataset = None,
    published: given.Published = None,
    per_report: given.PerReport = False,
    reviewed: given.Reviewed = None,
    only_reviewed: given.OnlyReviewed = False,
    min_confidence: given.MinConfidence = None,
    country: given.Country = None,
    gazetteer: given.OwnPlaces = None,
    rejected: given.Rejected = None,
    where: given.Where = None,
    jobs: given.Jobs = None,
    cluster: given.Cluster = None,
    sort: given.Sort = None,
    quiet: given.Quiet = False,
    verbose: given.Verbose = False,
) -> None:
    """Find the incidents that reports describe, and write them as one layer."""
    how: How = {"merge": not per_report, "min_confidence": min_confidence, "jobs": jobs}
    with command(quiet=quiet, verbose=verbose) as problems, places_for_run(country, gazetteer):
        if cluster or (out or "").endswith("/"):
            if reviewed or only_reviewed or rejected or where or sort:
                msg = "a dataset by month takes no --reviewed, --only-reviewed, --rejected, --where or --sort."
                raise typer.BadParameter(msg)
            from geo.cli_dataset import write_dataset  # noqa: PLC0415

            write_dataset(sources, out, published, problems, cluster=cluster, **how)
            return
        gathered = gather(sources, published, problems, where=where, keep=False, **how)
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
    sources: given.Sources = None,
    *,
    out: given.Out = None,
    published: given.Published = None,
    country: given.Country = None,
    gazetteer: given.OwnPlaces = None,
    quiet: given.Quiet = False,
) -> None:
    """Find the toponyms in reports and resolve them to places."""
    with command(quiet=quiet) as problems, places_for_run(country, gazetteer):
        import geo  # noqa: PLC0415

        write(geo.geoparse(read_reports(sources, published, problems)), out, "toponym")
