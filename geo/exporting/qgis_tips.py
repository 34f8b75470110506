"""Write the map tip of a row in QGIS's expressions.

What a report says is data: it is escaped, so that it can never become markup in a tip.
"""

from typing import Final


def day(column: str) -> str:
    """Write a day as prose does: "27 Dec 2019"."""
    return f"format_date(\"{column}\", 'd MMM yyyy', 'en')"


DAYS: Final = f"""
    case when "date_start" is null then 'day unknown'
    when "date_end" is null or "date_end" = "date_start" then {day("date_start")}
    else {day("date_start")} || ' – ' || {day("date_end")} end
""".strip()


def escaped(expression: str) -> str:
    """Give an expression whose value is text, whatever it looks like."""
    return f"replace(replace(coalesce({expression}, ''), '&', '&amp;'), '<', '&lt;')"


def _count(what: str) -> str:
    """Write "killed: 26 or more", or nothing when the report says nothing."""
    least, most = f'"{what}_min"', f'"{what}_max"'
    return (
        f"case when {least} is null and {most} is null then '' "
        f"when {most} is null then '{what}: ' || {least} || ' or more ' "
        f"when {least} = {most} then '{what}: ' || {least} || ' ' "
        f"else '{what}: ' || coalesce({least}, 0) || ' to ' || {most} || ' ' end"
    )


def _quotes() -> str:
    """Quote the evidence. GeoPackage has it as a text of JSON, GeoJSON as a list; other texts are quoted whole."""
    text, report = escaped("map_get(@element, 'text')"), escaped("map_get(@element, 'report_id')")
    quote = f"'<blockquote>' || {text} || ' <small>(' || {report} || ')</small></blockquote>'"
    listed = f'array_to_string(array_foreach(try(coalesce(from_json("evidence"), "evidence"), null), {quote}), \'\')'
    return f"coalesce({listed}, {escaped('to_string(evidence)')})"


def _tip(markup: str, **expressions: str) -> str:
    """Fill `{name}` in the markup with the escaped values of expressions."""
    return markup.format(**{name: f"[% {escaped(text)} %]" for name, text in expressions.items()})


def incident_tip(headline: str) -> str:
    """Write the tip of an incident: its headline, when, where and who says so, and the sentences.

    Args:
        headline: Its expression.
    """
    return (
        _tip(
            '<div style="max-width:26em"><b>{headline}</b><br/>{when}<br/>{where}<br/><i>{status}</i>',
            headline=headline,
            when=DAYS,
            where="""concat(coalesce("place_name", "place_text"), ', ' || "country")""",
            status="""concat("status", ' ', "attribution")""",
        )
        + f"[% {_quotes()} %]</div>"
    )


def quotes() -> str:
    """Write the sentences of the evidence as plain text, a paragraph each."""
    quote = "'“' || map_get(@element, 'text') || '” (' || coalesce(map_get(@element, 'report_id'), '') || ')'"
    between = "'\\n\\n'"
    listed = (
        f'array_to_string(array_foreach(try(coalesce(from_json("evidence"), "evidence"), null), {quote}), {between})'
    )
    return f'coalesce({listed}, to_string("evidence"))'


CIRCLE_TIP: Final = _tip(
    "<b>{what}</b><br/>{where}: within {radius} km ({precision})",
    what='"sub_event_type"',
    where='"place_name"',
    radius='format_number("uncertainty_m" / 1000, 1)',
    precision='"geo_precision"',
)
LINK_TIP: Final = _tip(
    "{target}<br/><b>answered by</b><br/>{source}, {when}",
    source='"from_place"',
    when=DAYS,
    target="""concat("to_place", ', ', to_string("to_date_start"))""",
)
PLACE_TIP: Final = _tip(
    "<b>{where}</b><br/>{number} incidents, {when}<br/>{killed}{wounded}",
    where='"place_name"',
    number='to_string("n_incidents")',
    when=DAYS,
    killed=_count("killed"),
    wounded=_count("wounded"),
)
