"""The part of the command line that keeps and counts what people decided."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

import typer

from geo.errors import GeoError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from geopandas import GeoDataFrame

    from geo.incidents.review import Review, Reviewed
    from geo.incidents.review.agreement import Agreement, Status

MOST_LISTED: Final = 20


def load_reviews(paths: "Sequence[Path]", problems: "Callable[[GeoError], None] | None" = None) -> "list[Review]":
    """Read reviewed layers, with what their logs say."""
    import geo  # noqa: PLC0415 - start-up stays quick
    from geo.exporting.edit_log import read_edits  # noqa: PLC0415
    from geo.incidents.review import Review  # noqa: PLC0415

    return [Review(geo.read_layer(path, on_problem=problems), read_edits(path), str(path), problems) for path in paths]


def apply_files(
    incidents: "GeoDataFrame",
    paths: "Sequence[Path]",
    *,
    say: "Callable[[str], None]",
    only: bool,
    problems: "Callable[[GeoError], None] | None" = None,
) -> "tuple[GeoDataFrame, GeoDataFrame]":
    """Keep the decisions of reviewed layers, and report what needs a second look.

    Args:
        incidents: The new extraction.
        paths: The layers; where two disagree the later one counts.
        say: Takes one line of talk.
        only: Whether to leave out what nobody has confirmed, corrected or added.
        problems: Called for each row of a layer that cannot be used; without it the first one raises.

    Returns:
        The incidents to draw; and all of them, with the rejected ones, for a page to review them in.
    """
    if not paths:
        shown = only_reviewed(incidents) if only else incidents
        return shown, shown
    from geo.incidents.review import apply_reviews  # noqa: PLC0415

    done = apply_reviews(incidents, load_reviews(paths, problems))
    _say_what_is_left(done, say)
    return (only_reviewed(done.drawn()) if only else done.drawn()), done.incidents


def _say_what_is_left(done: "Reviewed", say: "Callable[[str], None]") -> None:
    if done.disagreements:
        say(f"geo: {_n(len(done.disagreements), 'disagreement')} between the reviews; the later file counts:")
        _list([str(each) for each in done.disagreements], say)
    if done.unfound:
        say(
            f"geo: {_n(len(done.unfound), 'reviewed incident')} not found in these reports any more; "
            "kept as reviewed, look at them again:"
        )
        _list(list(done.unfound), say)
    changed = done.reread["incident_id"].nunique()
    if changed:
        say(f"geo: the reports now differ on {_n(changed, 'reviewed incident')}; the decisions were kept.")


def _list(lines: list[str], say: "Callable[[str], None]") -> None:
    for line in lines[:MOST_LISTED]:
        say(f"  {line}")
    if len(lines) > MOST_LISTED:
        say(f"  ... and {len(lines) - MOST_LISTED:,} more")


def _n(count: int, what: str) -> str:
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"


def status_text(paths: "Sequence[Path]", problems: "Callable[[GeoError], None]") -> str:
    """Write the decisions that reviewed layers contain, and how far each two reviewers agree."""
    import geo  # noqa: PLC0415
    from geo.incidents.review.agreement import agreement, pairs, status_of  # noqa: PLC0415

    layers = []
    for path in paths:
        try:
            layers.append((str(path), geo.read_layer(path)))
        except GeoError as error:
            problems(error)
    parts = [_status_text(name, status_of(layer)) for name, layer in layers]
    for one, other in pairs([name for name, _ in layers]):
        names = layers[one][0], layers[other][0]
        parts.append(_agreement_text(names, agreement(layers[one][1], layers[other][1])))
    return "\n\n".join(parts)


def _status_text(name: str, status: "Status") -> str:
    total = f"{status.decided:,} of {_n(status.incidents, 'incident')} decided"
    lines = [f"{name}: {total}{_percent(status.decided, status.incidents)}"]
    for label, counts in (("", status.by_verdict), ("by ", status.by_reviewer), ("changed ", status.fields)):
        lines += [f"  {label}{key}: {n:,}" for key, n in counts.items()]
    return "\n".join(lines)


def _percent(part: int, whole: int) -> str:
    return f" ({100 * part / whole:.0f} %)" if whole else ""


def _agreement_text(names: tuple[str, str], found: "Sequence[Agreement]") -> str:
    lines = [f"agreement of {names[0]} and {names[1]} on {_n(found[0].both, 'incident')} that both decided"]
    if not found[0].both:
        return lines[0]
    lines.append(f"  {'column':<18} {'both':>6} {'same':>6} {'share':>7} {'kappa':>7}")
    for row in found:
        share = "-" if row.share is None else f"{100 * row.share:.0f} %"
        kappa = "-" if row.kappa is None else f"{row.kappa:.2f}"
        lines.append(f"  {row.column:<18} {row.both:>6,} {row.same:>6,} {share:>7} {kappa:>7}")
    lines.append("  kappa -: not defined, since both gave every incident the same value")
    return "\n".join(lines)


def only_reviewed(incidents: "GeoDataFrame") -> "GeoDataFrame":
    """Leave out what nobody has confirmed, changed or added.

    Raises:
        typer.BadParameter: If no layer says what was reviewed.
    """
    from geo.incidents.review import mark_as_extracted  # noqa: PLC0415
    from geo.incidents.review.terms import REVIEWED  # noqa: PLC0415

    if REVIEWED not in incidents:
        msg = "--only-reviewed needs a review: give it with --reviewed FILE, or a layer with a column 'reviewed'."
        raise typer.BadParameter(msg)
    shown = incidents[incidents[REVIEWED].notna()].reset_index(drop=True)
    shown.attrs = dict(incidents.attrs)
    return mark_as_extracted(shown)
