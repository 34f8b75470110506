# ruff: noqa: ARG001, ARG005 - every call of a table is handed the same
"""What people try with geo in Python: it works, or one sentence says what was found, expected, and what to do next."""

import io
import json
import warnings
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import folium
import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
import shapely
from shapely import Point

import geo
import geo.errors
from geo.incidents import COLUMNS
from geo.leaflet import page

NEWS = "BAGHDAD, 11 March 2020 - A car bomb killed three people in Mosul on Monday, police said."
MORE = "KIRKUK, 12 March 2020 - Gunmen shot dead a judge in Kirkuk on Tuesday, police said."
POINTS = gpd.GeoDataFrame({"name": ["a", "b"]}, geometry=[Point(44, 33), Point(43, 36)], crs="EPSG:4326")


@pytest.fixture(scope="module")
def incidents() -> gpd.GeoDataFrame:
    return geo.extract([geo.Report(id="a", text=NEWS), geo.Report(id="b", text=MORE)])


@pytest.fixture
def here(incidents: gpd.GeoDataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """What a caller may pass, in a folder with an article."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "article.txt").write_text(NEWS)
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "other.txt").write_text(MORE)
    geo.write_layer(incidents, tmp_path / "layer.geojson")
    return SimpleNamespace(i=incidents, table=pd.DataFrame({"id": ["x", "y"], "body": [NEWS, MORE]}))


def found(frame: Any, places: set[str]) -> bool:
    names = frame["place_name"] if "place_name" in frame else frame["name"]
    return places <= set(names)


READS: dict[str, Callable[[SimpleNamespace], Any]] = {
    "a text": lambda h: geo.extract(NEWS),
    "a report": lambda h: geo.extract(geo.Report(id="a", text=NEWS)),
    "a path": lambda h: geo.extract(Path("article.txt")),
    "a path as text": lambda h: geo.extract("article.txt"),
    "several paths": lambda h: geo.extract([Path("article.txt"), "more"]),
    "several texts": lambda h: geo.extract([NEWS, MORE]),
    "a generator": lambda h: geo.extract(text for text in (NEWS, MORE)),
    "a dict": lambda h: geo.extract({"text": NEWS, "published": "2020-03-11"}),
    "dicts": lambda h: geo.extract([{"body": NEWS}, {"content": MORE}]),
    "a column": lambda h: geo.extract(pd.Series([NEWS, None, MORE])),
    "a table": lambda h: geo.extract(h.table),
    "a table whose column is named": lambda h: geo.extract(h.table.rename(columns={"body": "Inhalt"}), text="Inhalt"),
    "a table of Arrow": lambda h: geo.extract(pa.table({"body": [NEWS, MORE]})),
    "a column of Arrow": lambda h: geo.extract(pa.array([NEWS, MORE])),
    "an array": lambda h: geo.extract(np.array([NEWS, MORE])),
    "a set": lambda h: geo.extract({NEWS, MORE}),
    "an open file": lambda h: geo.extract(io.StringIO(NEWS)),
    "a glob": lambda h: geo.extract(Path().glob("*.txt")),
    "texts, paths and dicts": lambda h: geo.extract([MORE, Path("article.txt"), {"text": MORE}]),
    "toponyms of a text": lambda h: geo.geoparse(NEWS),
    "toponyms of a path": lambda h: geo.geoparse(Path("article.txt")),
    "toponyms of a table": lambda h: geo.geoparse(h.table),
}


@pytest.mark.parametrize("call", READS.values(), ids=READS)
def test_reports_are_taken_as_they_come(call: Callable[[SimpleNamespace], Any], here: SimpleNamespace) -> None:
    assert found(call(here), {"Mosul"})


def test_rows_and_texts_get_names_of_their_own(here: SimpleNamespace) -> None:
    assert geo.extract(here.table, merge=False)["report_ids"].tolist() == [["x"], ["y"]]
    assert geo.extract([NEWS, MORE], merge=False)["report_ids"].tolist() == [["text-1"], ["text-2"]]


def frame(**columns: Any) -> pd.DataFrame:
    return pd.DataFrame(columns)


DRAWS: dict[str, Callable[[SimpleNamespace], Any]] = {
    "incidents": lambda h: h.i,
    "incidents put together": lambda h: pd.concat([h.i, h.i]),
    "a slice": lambda h: h.i[h.i.date_start > "2020-01-01"],
    "another name for the geometry": lambda h: h.i.rename_geometry("where"),
    "another coordinate system": lambda h: h.i.to_crs(3857),
    "points": lambda h: POINTS,
    "a series of points": lambda h: POINTS.geometry,
    "lat and lon": lambda h: frame(lat=[33.0, 36.0], lon=[44.0, 43.0], name=["a", "b"]),
    "latitude and longitude": lambda h: frame(Latitude=["33", "36"], Longitude=["44", "43"]),
    "y and x": lambda h: frame(y=[33.0], x=[44.0]),
    "lat and lng": lambda h: frame(lat=[33.0], lng=[44.0]),
    "rows as dicts": lambda h: [{"lat": 33.0, "lon": 44.0, "name": "a"}, {"lat": 36.0, "lon": 43.0}],
    "WKT": lambda h: frame(wkt=["POINT (44 33)"], description=["a market"]),
    "GeoJSON": lambda h: POINTS.__geo_interface__,
    "one feature": lambda h: POINTS.__geo_interface__["features"][0],
    "a table of Arrow": lambda h: pa.table({"lat": [33.0], "lon": [44.0]}),
    "areas": lambda h: POINTS.assign(geometry=shapely.buffer(POINTS.geometry.to_numpy(), 1)),
    "an index of ids": lambda h: h.i.set_index("incident_id"),
    "decimal commas": lambda h: frame(Lat=["33,5"], Long=["44,2"]),
    "rows without a place": lambda h: frame(lat=[33.0, None], lon=[44.0, None]),
    "what GeoPandas reads": lambda h: gpd.read_file("layer.geojson"),
    "GeoJSON as a text": lambda h: json.loads(h.i.to_json()),
    "a layer's path": lambda h: "layer.geojson",
    "an article's path": lambda h: Path("article.txt"),
    "a text": lambda h: NEWS,
    "reports": lambda h: geo.read("more"),
}


@pytest.mark.parametrize("thing", DRAWS.values(), ids=DRAWS)
def test_whatever_has_places_becomes_a_map(thing: Callable[[SimpleNamespace], Any], here: SimpleNamespace) -> None:
    drawn = geo.to_map(thing(here))
    drawn.save("map.html")
    assert isinstance(drawn, folium.Map)
    assert Path("map.html").stat().st_size > 100_000


def test_columns_are_found_or_named(here: SimpleNamespace) -> None:
    table = frame(
        lat=[33.0], lon=[44.0], Ort=["Taji"], Tag=["11 March 2020"], Art=["Air/drone strike"], Text=["A raid."]
    )
    drawn = geo.to_map(table, name="Ort", date="Tag", category="Art", description="Text")
    columns = {column["name"] for column in drawn.payload.meta["columns"]}
    assert {"place_name", "date_start", "event_type"} <= columns
    assert drawn.payload.meta["rows"] == 1


def test_days_compare_with_whatever_says_a_day(incidents: gpd.GeoDataFrame) -> None:
    assert incidents["date_start"].dt.day.tolist() == [9, 10]
    assert len(incidents[incidents.date_start > "2020-03-09"]) == 1
    assert len(incidents[incidents.date_start >= pd.Timestamp("2020-03-09")]) == 2
    day = date(2020, 3, 9)
    assert [len(incidents[chosen]) for chosen in (incidents.date_start > day, incidents.date_start >= day)] == [1, 2]
    assert [len(incidents[chosen]) for chosen in (incidents.date_start < day, incidents.date_start <= day)] == [0, 1]
    assert [len(incidents[chosen]) for chosen in (incidents.date_start == day, incidents.date_start != day)] == [1, 1]
    assert len(incidents[incidents.date_start.between(day, day)]) == len(incidents.query("date_start == @day")) == 1
    assert incidents.resample("D", on="date_start").size().tolist() == [1, 1]


def test_a_table_goes_where_geopandas_and_folium_take_it(incidents: gpd.GeoDataFrame) -> None:
    assert '"date_start": "2020-03-09"' in incidents.to_json()
    folium.GeoJson(incidents).add_to(folium.Map())
    assert isinstance(incidents.explore(), folium.Map)
    assert geo.plot(POINTS) is not None


def test_tiles_are_named_as_in_folium(incidents: gpd.GeoDataFrame) -> None:
    (tiles,) = geo.to_map(incidents, tiles="OpenStreetMap HOT").payload.meta["tiles"]
    assert "tile.openstreetmap.fr/hot" in tiles["url"]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # since 2026 CartoDB would like a key, and xyzservices says so
        (tiles,) = geo.to_map(incidents, tiles="CartoDB positron").payload.meta["tiles"]
    assert "cartocdn" in tiles["url"]


def test_a_day_of_publication_is_a_day(here: SimpleNamespace) -> None:
    assert geo.Report(id="a", text=NEWS, published="2024-06-18").published == date(2024, 6, 18)


def test_a_map_opens_in_the_browser(incidents: gpd.GeoDataFrame, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(page.webbrowser, "open", opened.append)
    assert geo.to_map(incidents).show().is_file()
    assert opened[0].startswith("file://")


# call, and what the message must say: what was found, what was expected or to do next
# fmt: off
WRONG: dict[str, tuple[Callable[[SimpleNamespace], Any], str, str]] = {
    "no such file": (lambda h: geo.extract("missing.txt"), "missing.txt", "check the name"),
    "an address": (lambda h: geo.read("https://example.org/a.html"), "https://example.org", "save the page"),
    "an address as report": (lambda h: geo.extract("https://example.org/a.html"), "downloads nothing", "save the page"),
    "an argument misspelt": (lambda h: geo.extract(NEWS, min_confidance=0.2), "no argument 'min_confidance'", "did you mean min_confidence?"),
    "an argument of another name": (lambda h: geo.extract(NEWS, threshold=0.2), "'threshold'", "did you mean min_confidence?"),
    "the day of a call": (lambda h: geo.extract(NEWS, date="2020-03-11"), "'date'", "did you mean published?"),
    "an argument of Folium's": (lambda h: geo.to_map(h.i, popup="notes"), "'popup'", "did you mean description?"),
    "an argument of GeoPandas'": (lambda h: geo.to_map(h.i, color="event_type"), "'color'", "did you mean category?"),
    "an argument of no meaning": (lambda h: geo.to_map(h.i, zoom_start=5), "'zoom_start'", "it takes incidents"),
    "an option of the command": (lambda h: geo.to_map(h.i, coarsen="10km"), "'coarsen'", "did you mean coarsen_m?"),
    "a distance in words": (lambda h: geo.to_map(h.i, coarsen_m="10km"), "'10km'", "coarsen_m=10_000"),
    "one table to compare": (lambda h: geo.compare(h.i), "missing a required argument: 'b'", "it takes a, b"),
    "a row of a table": (lambda h: geo.to_map(h.i.iloc[0]), "one row of a table", "iloc[[0]]"),
    "columns of several levels": (lambda h: geo.to_map(frame(lat=[1.0]).set_axis(pd.MultiIndex.from_tuples([("a", "lat")]), axis=1)), "several levels", "rename or join"),
    "a column that comes twice": (lambda h: geo.to_map(frame(lat=[1.0], lon=[1.0], a=[1]).set_axis(["lat", "lon", "lat"], axis=1)), "one name twice (lat)", "rename"),
    "metres as degrees": (lambda h: geo.to_map(frame(x=[440000.0], y=[3700000.0])), "metres of a projection", "expected coordinates in degrees"),
    "days of two orders": (lambda h: geo.to_map(frame(lat=[1, 2], lon=[1, 2], date=["2020-01-01", "01/02/2020"])), "'01/02/2020'", "2020-03-12"),
    "no reports": (lambda h: geo.read(None), "NoneType", "expected files, folders or globs"),
    "a number of reports": (lambda h: geo.read(5), "int 5", "expected files, folders or globs"),
    "an archive": (lambda h: geo.read("a.zip"), "a.zip", "check the name"),
    "a layer at an address": (lambda h: geo.read_layer("https://example.org/a.geojson"), "https://example.org", "save the file first"),
    "a layer that is read": (lambda h: geo.read_layer(h.i), "Frame", "expected the path of a layer"),
    "a folder as a layer": (lambda h: geo.read_layer("more"), "a folder is no layer", "geo.read"),
    "an article as a layer": (lambda h: geo.read_layer("article.txt"), "a .txt file is no layer", "geo.read"),
    "a path before its layer": (lambda h: geo.write_layer("a.geojson", h.i), "found str", "expected a layer, then the path"),
    "a layer of a page's suffix": (lambda h: geo.write_layer(h.i, "a.html"), ".html", ".geojson"),
    "a file for a folder": (lambda h: geo.to_map(h.i).save("more"), "more", "choose another place"),
    "a file of nearly that name": (lambda h: geo.extract(Path("artcle.txt")), "artcle.txt", "did you mean article.txt?"),
    "a folder of nearly that name": (lambda h: geo.read("mroe/"), "mroe", "did you mean more/?"),
    "a layer of nearly that name": (lambda h: geo.read_layer("layr.geojson"), "layr.geojson", "did you mean layer.geojson?"),
    "a list with a hole": (lambda h: geo.geoparse([NEWS, None]), "item 2 is None", "expected a text"),
    "bytes in a list": (lambda h: geo.extract([b"x"]), "item 1 is bytes", "decode"),
    "nothing": (lambda h: geo.extract(None), "None", "expected a text"),
    "a number": (lambda h: geo.extract(42), "42", "expected a text"),
    "bytes": (lambda h: geo.geoparse(b"Mosul"), "bytes", "decode"),
    "a list of numbers": (lambda h: geo.extract([1, 2]), "item 1", "expected a text"),
    "a dict without a text": (lambda h: geo.extract({"titel": "x"}), "titel", "text='...'"),
    "a table without texts": (lambda h: geo.extract(frame(a=[1])), "no column of texts among a", "text='...'"),
    "incidents as reports": (lambda h: geo.extract(h.i), "table of incidents", "geo.to_map"),
    "no such column of texts": (lambda h: geo.extract(h.table, text="x"), "'x'", "text='...'"),
    "no day": (lambda h: geo.Report(id="a", text=NEWS, published="soon"), "'soon'", "2024-06-18"),
    "the last day there is": (lambda h: geo.Report(id="a", text=NEWS, published=date.max), "year 9999", "2024-06-18"),
    "the first day there is": (lambda h: geo.Report(id="a", text=NEWS, published=date.min), "year 1", "2024-06-18"),
    "no text": (lambda h: geo.Report(id="a", text=" "), "no text", "expected a news report"),
    "a text of bytes": (lambda h: geo.Report(id="a", text=b"x"), "bytes", "expected a str"),
    "a table without places": (lambda h: geo.to_map(frame(a=[1])), "no coordinates among a", "latitude and longitude"),
    "no such column to name": (lambda h: geo.to_map(POINTS, name="x"), "no column 'x'", "the table has"),
    "no CRS": (lambda h: geo.to_map(gpd.GeoDataFrame(geometry=[Point(1, 2)])), "without a CRS", "set_crs"),
    "tables in a list": (lambda h: geo.to_map([h.i, h.i]), "list of tables", "pd.concat"),
    "a map of a number": (lambda h: geo.to_map(7), "int", "expected a table"),
    "unknown tiles": (lambda h: geo.to_map(h.i, tiles="Moon"), "'Moon'", "OpenStreetMap"),
    "an unknown language": (lambda h: geo.to_map(h.i, lang="xx"), "xx", "expected"),
    "a column to hide": (lambda h: geo.to_map(h.i, hide=["x"]), "x", "expected"),
    "a day that is none": (lambda h: geo.to_map(frame(lat=[1], lon=[2], date=["soon"])), "'soon'", "2020-03-12"),
    "an unknown format": (lambda h: geo.write_layer(h.i, "a.shape"), ".shape", ".geojson"),
    "a layer without geometry": (lambda h: geo.write_layer(h.table, "a.geojson"), "no geometry", "conform"),
    "layers of a text": (lambda h: geo.save_layers("abc", "out"), "str 'abc'", "geo.extract"),
    "an empty text": (lambda h: geo.extract(""), "an empty text", "expected a text"),
    "a floor in percent": (lambda h: geo.extract(NEWS, min_confidence=90), "90", "from 0 to 1"),
    "a floor as text": (lambda h: geo.extract(NEWS, min_confidence="0.5"), "'0.5'", "from 0 to 1"),
    "a day of the call": (lambda h: geo.extract(NEWS, published="soon"), "'soon'", "2024-06-18"),
    "a place that is a number": (lambda h: geo.find_places(5), "int 5", "expected a name"),
    "degrees beyond the pole": (
        lambda h: geo.to_map(frame(lat=[95], lon=[44])),
        "latitude is 95, beyond 90",
        "correct the cell",
    ),
    "evidence that begins at a letter": (
        lambda h: geo.to_map(
            h.i.assign(evidence=[[{"report_id": "a", "start": "x", "end": 5, "text": "A car"}]] * len(h.i))
        ),
        "evidence",
        "expected",
    ),
    "a report's text under another name": (lambda h: geo.Report(body=NEWS), "no argument 'body'", "did you mean text?"),
    "a report of nothing": (lambda h: geo.Report(), "missing a required argument: 'id'", "geo.Report(id='a', text='...')"),
    "a report without an id": (lambda h: geo.Report(text=123), "missing a required argument: 'id'", "geo.Report(id='a', text='...')"),
    "a report of a number": (lambda h: geo.Report(id="a", text=123), "of type int", "expected a str"),
    "a report by position": (lambda h: geo.Report("a", NEWS), "too many positional arguments", "geo.Report(id='a', text='...')"),
    "a report with an unknown field": (lambda h: geo.Report(id="a", text=NEWS, tags=["x"]), "no argument 'tags'", "it takes id, text"),
    "PostGIS by GeoPandas": (lambda h: h.i.to_postgis("incidents", None), "geoalchemy2", "geo.write_layer(incidents, 'postgresql://"),
    "PostGIS without a table": (lambda h: geo.write_layer(h.i, "postgresql://geo@127.0.0.1/geo"), "which table?", "?table=incidents"),
    "another database": (lambda h: geo.read_layer("mysql://host/db"), "mysql address", "postgresql://user@host/db?table=NAME"),
    "a text as a file": (lambda h: geo.read(NEWS), "no such file", "geo.extract"),
    "a dict as a file": (lambda h: geo.read({"text": NEWS}), "found dict", "geo.extract takes texts"),
    "a table as a file": (lambda h: geo.read(h.table), "found DataFrame", "geo.extract takes texts"),
    "a report as a file": (lambda h: geo.read(geo.Report(id="a", text=NEWS)), "found Report", "geo.extract takes texts"),
    "processes in words": (lambda h: geo.extract(NEWS, jobs="2"), "jobs='2'", "jobs=2"),
    "no processes": (lambda h: geo.extract(NEWS, jobs=0), "jobs=0", "jobs=2"),
    "a limit of places": (lambda h: geo.find_places("Mosul", limit=5), "no argument 'limit'", "it takes names"),
    "coordinates apart": (lambda h: geo.find_places(33.3, 44.4), "float 33.3", "coordinates"),
    "toponyms by keyword": (lambda h: geo.geoparse(text=NEWS), "missing a required argument: 'reports'", "it takes reports"),
    "toponyms in a language": (lambda h: geo.geoparse(NEWS, lang="de"), "no argument 'lang'", "it takes reports"),
    "a picture of nothing": (lambda h: geo.plot(), "missing a required argument: 'incidents'", "it takes incidents"),
    "a picture of a kind": (lambda h: geo.plot(h.i, kind="bar"), "no argument 'kind'", "it takes incidents"),
    "a number of tiles": (lambda h: geo.to_map(h.i, tiles=5), "tiles 5", "OpenStreetMap"),
    "a page without a name": (lambda h: geo.to_map(h.i).save(), "missing a required argument: 'outfile'", "it takes outfile"),
    "a page as a number": (lambda h: geo.to_map(h.i).save(5), "int 5", "'map.html'"),
    "a page as a picture": (lambda h: geo.to_map(h.i).save("map.png"), "a page is .html", "geo.plot(incidents).save('map.png')"),
    "a page to show somewhere": (lambda h: geo.to_map(h.i).show("map.html"), "too many positional arguments", "it takes"),
    "layers in a file": (lambda h: geo.save_layers(h.i, "out.geojson"), "'out.geojson'", "geo.write_layer"),
    "layers in a number": (lambda h: geo.save_layers(h.i, 5), "found 5", "expected a folder"),
    "a table without columns": (lambda h: geo.extract(pd.DataFrame()), "no column of texts among no columns", "text='...'"),
    "no layer": (lambda h: geo.read_layer("none.gpkg"), "none.gpkg", "check the name"),
    "layers of a plain table": (lambda h: geo.save_layers(h.table, "out"), "no geometry", "conform"),
}


@pytest.mark.parametrize(("call", "found", "next_step"), WRONG.values(), ids=WRONG)
def test_a_wrong_call_gets_one_sentence(
    call: Callable[[SimpleNamespace], Any], found: str, next_step: str, here: SimpleNamespace
) -> None:
    with pytest.raises(geo.GeoError) as error:
        call(here)
    message = str(error.value)
    assert found in message
    assert next_step in message
    assert "\n" not in message


UNDATED = "Three rockets hit a police station in Mosul on Monday, killing two officers, the interior ministry said."
FRENCH = (
    "L'armée a bombardé un village lundi près de la frontière, tuant trois personnes, selon le ministère de la défense."
)


def test_reports_without_a_day_are_named_and_can_be_given_one() -> None:
    with pytest.warns(geo.errors.GeoWarning, match="published="):
        assert geo.extract(UNDATED)["date_start"].isna().all()
    dated = geo.extract([UNDATED], published="2024-06-18")
    assert dated["date_start"].dt.strftime("%F").tolist() == ["2024-06-17"]


def test_reports_in_other_languages_are_skipped_with_a_warning() -> None:
    with pytest.warns(geo.errors.GeoWarning, match="text-1 skipped: not in English"):
        assert len(geo.extract([FRENCH, NEWS])) == 1


def test_the_reports_of_a_map_may_be_a_path(here: SimpleNamespace) -> None:
    assert isinstance(geo.to_map(here.i, reports="article.txt"), folium.Map)


@pytest.mark.parametrize(("name", "meant"), [("place", "find_places"), ("map", "to_map"), ("convert", "write_layer"), ("load", "read"), ("Map", "to_map")])
def test_a_name_of_the_command_line_leads_to_that_of_python(name: str, meant: str) -> None:
    with pytest.raises(AttributeError, match=f"geo.{meant}"):
        getattr(geo, name)


def test_the_contract_is_what_comes_out(here: SimpleNamespace) -> None:
    assert tuple(geo.extract(NEWS).columns) == COLUMNS
