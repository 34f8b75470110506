"""Warn a caller in Python of what the command line says of reports: those skipped, and those without a day."""

from collections.abc import Iterable, Iterator

import geopandas as gpd

from geo.errors import warn
from geo.reading.reader import refusal_of
from geo.report import Report

SHOWN = 3  # ids of reports in a message


class Cautions:
    """Keep account of the reports that pass, and warn once at the end."""

    def __init__(self) -> None:
        """Start with none."""
        self._foreign: list[str] = []
        self._undated: set[str] = set()

    def of_reports(self, reports: Iterable[Report]) -> Iterator[Report]:
        """Let through what is in English."""
        for report in reports:
            if refusal_of(report):
                self._foreign.append(report.id)
                continue
            if report.published is None:
                self._undated.add(report.id)
            yield report

    def warn(self, incidents: gpd.GeoDataFrame) -> None:
        """Warn of what was skipped, and of incidents that a day of publication would date."""
        if self._foreign:
            warn(f"{_named(self._foreign)} skipped: not in English, which is what geo reads.")
        undated = incidents["report_ids"][incidents["date_start"].isna()]
        reports = [one for ids in undated for one in ids if one in self._undated]
        if reports:
            warn(
                f"{_named(list(dict.fromkeys(reports)))} without a day of publication: 'on Monday' and 'yesterday' "
                "cannot be dated. Give the day with published='2024-06-18'."
            )


def _named(reports: list[str]) -> str:
    more = f" and {len(reports) - SHOWN} more" if len(reports) > SHOWN else ""
    return f"report{'s' if len(reports) > 1 else ''} {', '.join(reports[:SHOWN])}{more}"
