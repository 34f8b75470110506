"""Make a map of incidents: a Folium map that is saved as one file and needs no network."""

import tempfile
import webbrowser
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any, Final

import folium
import geopandas as gpd
import pyarrow as pa
from branca.element import Figure
from folium.template import Template

from geo.atomic import whole_file
from geo.call_arguments import checked
from geo.errors import ExportError, InputError
from geo.importing.accepting import as_incidents
from geo.incidents import validate
from geo.incidents.review import with_verdicts, without_rejected
from geo.leaflet.document import OnlineAddressWarning, document
from geo.leaflet.own_layers import tame
from geo.leaflet.payload import Choices, Payload, make_payload
from geo.leaflet.redacted_names import discreet
from geo.leaflet.redaction import bare_reports, coarsen, hidden_columns, withhold
from geo.reading.accepting import as_reports
from geo.report import Report

PICTURES: Final = (".png", ".pdf", ".svg", ".jpg", ".jpeg")
MAX_ZOOM: Final = 19  # a street; reports state nothing finer

__all__ = ["IncidentMap", "OnlineAddressWarning", "to_map"]


@checked
def to_map(
    incidents: Any,
    *,
    reports: Any = None,
    full_text: bool = False,
    coarsen_m: float | None = None,
    hide: Collection[str] = (),
    lang: str = "en",
    title: str | None = None,
    tiles: Any = None,
    rings: Sequence[str] = (),
    review: bool = False,
    name: str | None = None,
    date: str | None = None,
    category: str | None = None,
    description: str | None = None,
    author: str | None = None,
    contact: str | None = None,
    about: str | None = None,
    story: Sequence[str] | None = None,
    preview: str | None = None,
    basemap: str | Path | None = None,
) -> "IncidentMap":
    """Draw incidents on a map.

    Args:
        incidents: A table of incidents; any GeoDataFrame of points or DataFrame with coordinates (latitude and
            longitude, lat and lon, x and y, WKT, "lat, lon" in one cell); the path of a layer; reports or texts.
        reports: The reports that describe them, or a path or texts as `geo.extract` takes them: for titles,
            addresses and, with `full_text`, the texts.
        full_text: Whether to put the whole reports into the page.
        coarsen_m: Width in metres of a grid that places are snapped to. Circles are widened by as much;
            names of places and provinces, sentences, report titles, addresses and texts and the table's own columns
            stay out of the page, since they would reveal the place. Of actors, weapon and attribution stay only
            bodies of data/events/actors.csv and plain words ("12 civilians", "Russian missile"), and those only
            where they share no word with the place: no hospital, camp or village committee. Publishers, days
            and numbers stay: hide them too where they reveal the place. Layers that were saved beside the page
            (`geo.save_layers`) are as exact as ever.
        hide: Columns to leave out of the page altogether. Their words are blanked in the sentences where
            they stand literally; a sentence can say the same in other words, so hide `evidence` to be sure.
        lang: Language of the interface, a column of data/page/interface_texts.csv.
        title: Of the page; without it, countries and months say what it shows.
        rings: Datasets, as the column `dataset` calls them, that are drawn with rings instead of filled marks.
        tiles: Online tiles that the reader may switch on: names of data/page/tiles.csv, names or providers of
            xyzservices ("CartoDB positron"); None lists the table's, () none. Nothing is loaded until then.
        review: Whether to add the review panel, in which a person goes through the incidents, decides, and saves
            the decisions as a file. It needs the whole reports and every column.
        name: Column of a table of your own that names the place, where it is not called so.
        date: Column that holds the day, likewise.
        category: Column that holds the type, likewise; a term of the ACLED codebook gives the mark its colour.
        description: Column that holds a text about the incident, likewise.
        author: Of the page; shown below its title.
        contact: How to reach them, an address or a few words; shown in "About this map".
        about: Text about how the page was made, paragraphs divided by empty lines; said in "About this map".
        story: Ids of the incidents that "Play story" goes through, in that order; None takes those that answer
            each other, in the order of time, () offers no story.
        preview: Address of a picture of the page, as seen from the page, that link previews show.
        basemap: PMTiles archive of vector tiles in the schema of Protomaps, OpenMapTiles, Shortbread or Mapbox
            Streets, which the page carries and draws offline: whole up to 16 MB, else the tiles round the incidents.

    Returns:
        A `folium.Map`; `.save(path)` writes one HTML file.

    Raises:
        CrsError: If the table has no CRS.
        SchemaError: If a cell cannot be what its column holds.
        InputError: If a column, language or tile layer is not known, or choices contradict each other.
    """
    if coarsen_m is not None and (isinstance(coarsen_m, bool) or not isinstance(coarsen_m, int | float)):
        msg = f"coarsen_m={coarsen_m!r}; expected metres, such as coarsen_m=10_000 for 10 km."
        raise InputError(msg)
    named = {"name": name, "date": date, "category": category, "description": description}
    table = as_incidents(incidents, named)
    table = with_verdicts(table) if review else without_rejected(table)
    hidden = hidden_columns(table, hide, coarsened=coarsen_m is not None)
    shown_reports = [] if reports is None else list(as_reports(reports))
    full_text = full_text or (review and bool(shown_reports))
    if full_text:
        _check_full_text(shown_reports, hidden)
    if review and hidden:
        msg = f"the review shows whole reports, and decides on what is left out ({', '.join(sorted(hidden))}): "
        raise InputError(msg + "make the page for review without hide and coarsen_m, and publish another.")
    if coarsen_m is not None:
        table, shown_reports = coarsen(discreet(table), coarsen_m), bare_reports(shown_reports)
    choices = Choices(
        title=title,
        lang=lang,
        tiles=tiles,
        coarsened_m=coarsen_m,
        hidden=hidden,
        asked_to_hide=tuple(name for name in table.columns if name in hidden),
        full_text=full_text,
        rings=tuple(rings),
        review=review,
        author=author,
        contact=contact,
        about=about,
        story=story,
        preview=preview,
        basemap=basemap,
    )
    return IncidentMap(_payload(table, shown_reports, choices))


def _payload(table: gpd.GeoDataFrame, reports: Sequence[Report], choices: Choices) -> Payload:
    """Code the table; where that fails, say which cell is to blame (a check that costs seconds for a million)."""
    try:
        return make_payload(withhold(table, choices.hidden), reports, choices)
    except (KeyError, TypeError, AttributeError, pa.ArrowInvalid):
        validate(table)
        raise


def _check_full_text(reports: Sequence[Report], hidden: frozenset[str]) -> None:
    if not reports:
        msg = "full_text needs the reports: found none; pass reports=geo.read(...)."
        raise InputError(msg)
    if hidden:
        msg = (
            f"full_text would reveal what is left out ({', '.join(sorted(hidden))}): "
            "the whole texts cannot be combined with coarsen_m or hide."
        )
        raise InputError(msg)


class _OfflineFigure(Figure):
    """A Folium figure whose page is one file."""

    def render(self, **kwargs: Any) -> str:
        """Write the page; of a figure that holds something else too, as Folium does."""
        maps = [child for child in self._children.values() if isinstance(child, IncidentMap)]
        if len(maps) != 1:
            return str(super().render(**kwargs))
        tame(self)
        for child in self._children.values():
            child.render(**kwargs)
        own_layers = bool(maps[0]._children) or len(self._children) > 1  # noqa: SLF001
        return document(self, maps[0].payload, map_name=maps[0].get_name(), own_layers=own_layers)


class IncidentMap(folium.Map):
    """A Folium map of incidents. Add to it what Folium has, and save it."""

    # Folium's own, without its links to the network and its ban on zooming a page.
    _template = Template(
        """
        {% macro html(this, kwargs) %}
            <div class="folium-map" id={{ this.get_name()|tojson }}></div>
        {% endmacro %}
        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = L.map(
                {{ this.get_name()|tojson }},
                {center: {{ this.location|tojson }}, crs: L.CRS.{{ this.crs }}, ...{{ this.options|tojavascript }}}
            );
        {% endmacro %}
        """
    )

    def __init__(self, payload: Payload) -> None:
        """Make the map of a payload; `to_map` is the way to one."""
        bounds = payload.meta["bounds"] or (-180, -60, 180, 75)
        west, south, east, north = bounds
        super().__init__(
            location=[(south + north) / 2, (west + east) / 2],
            zoom_start=2,
            tiles=None,
            prefer_canvas=True,
            zoom_control=False,
            attributionControl=False,
        )
        self.options["max_zoom"] = MAX_ZOOM
        self.default_js, self.default_css = [], []
        self.payload = payload
        self._id = "incidents"  # the same table gives the same page
        _OfflineFigure().add_child(self)

    @checked
    def show(self) -> Path:
        """Write the page into a temporary file and open it in the browser.

        Returns:
            The file, which stays until the system clears its temporary folder.
        """
        folder = Path(tempfile.mkdtemp(prefix="geo-map-"))
        self.save(folder / "map.html")
        webbrowser.open((folder / "map.html").as_uri())
        return folder / "map.html"

    @checked
    def save(self, outfile: Any, close_file: bool = True, **kwargs: Any) -> None:  # noqa: FBT001, FBT002, Folium's
        """Write the page into one file, whole or not at all.

        Args:
            outfile: A path, or a binary file to write to.
            close_file: Whether to close a file that was given open.
            **kwargs: For Folium.

        Raises:
            ExportError: If the file cannot be written.
        """
        if not isinstance(outfile, str | bytes | Path):
            if not hasattr(outfile, "write"):
                msg = f"found {type(outfile).__name__} {outfile!r}; expected the path of a page, such as 'map.html'."
                raise ExportError(msg)
            super().save(outfile, close_file, **kwargs)
            return
        path = Path(outfile.decode() if isinstance(outfile, bytes) else outfile)
        if path.suffix.lower() in PICTURES:
            msg = f"{path}: a page is .html; geo.plot(incidents).save({str(path)!r}) draws a picture."
            raise ExportError(msg)
        page = self.get_root().render(**kwargs).encode("utf-8", "replace")
        with whole_file(path) as temporary:
            temporary.write_bytes(page)
