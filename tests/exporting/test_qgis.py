"""QGIS, started as a program of its own, opens everything as if an expert had made it by hand."""

import json
import os
import shutil
import subprocess
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pytest
from PIL import Image

import geo
from geo.exporting import save_layers, write_layer
from geo.exporting.qgis_headline import headline, names_in
from geo.exporting.qgis_project import _stamp
from geo.exporting.qgis_style import WORDS_ALONE
from geo.exporting.symbols import EVENT_SYMBOLS
from geo.incidents.headlines.headline import LANGUAGES, headlines
from geo.incidents.headlines.page_titles import title
from geo.incidents.layers.areas import areas_layer
from geo.incidents.review.edits import mark_as_extracted
from geo.vocabulary import STATUSES
from tests.conftest import missing
from tests.repeated_places import with_repeats
from tests.synthetic import make_incidents

LOOK = Path(__file__).with_name("qgis_look.py")
SYSTEM_PYTHON = "/usr/bin/python3"
pytestmark = [pytest.mark.client, pytest.mark.slow]


def html_of(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def look(asked: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Ask QGIS; what it says on the way goes to stderr."""
    if not Path(SYSTEM_PYTHON).exists() or not shutil.which("ogrinfo"):
        missing("python3-qgis")
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_RUNTIME_DIR": str(folder), "HOME": str(folder)}
    environment.pop("PYTHONPATH", None)
    done = subprocess.run(
        [SYSTEM_PYTHON, LOOK], input=json.dumps(asked), capture_output=True, text=True, env=environment, check=False
    )
    if "No module named 'qgis'" in done.stderr:
        missing("python3-qgis")
    assert done.returncode == 0, done.stderr[-2000:]
    assert "Warning" not in done.stderr, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def opened(incidents: gpd.GeoDataFrame, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What QGIS makes of a saved folder that was moved elsewhere, and of its layers one by one."""
    first, folder = tmp_path_factory.mktemp("first") / "out", tmp_path_factory.mktemp("second") / "moved"
    save_layers(mark_as_extracted(incidents.copy()), first)
    shutil.move(first, folder)
    names = ("incidents", "uncertainty", "places", "links")
    sources = [f"{folder}/incidents.gpkg|layername={name}" for name in names] + [f"{folder}/{n}.geojson" for n in names]
    day = incidents["date_end"].dropna().iloc[0]
    asked = {
        "layers": sources,
        "file": f"{folder}/incidents.gpkg",
        "project": f"{folder}/incidents.qgz",
        "picture": f"{folder}/map.png",
        "day": [day.year, day.month, day.day],
    }
    return {"folder": folder, "day": day, **look(asked, folder)}


def test_every_layer_is_valid_with_its_rows_and_days(
    opened: dict[str, Any], layers: dict[str, gpd.GeoDataFrame]
) -> None:
    for source, layer in opened["layers"].items():
        name = source.rsplit("layername=")[-1] if "|" in source else Path(source).stem
        assert layer["valid"], source
        assert layer["count"] == len(layers[name]), source
        assert layer["crs"] == "EPSG:4326"
        assert {layer["fields"][day] for day in ("date_start", "date_end")} == {"Date"}, source
    fields = next(iter(opened["layers"].values()))["fields"]
    assert {fields[n] for n in ("killed_min", "killed_max", "wounded_min", "event_count_min")} == {"Integer64"}
    assert fields["incident_id"] == fields["place_id"] == fields["evidence"] == "String"


def test_styles_load_by_themselves(opened: dict[str, Any]) -> None:
    for source, layer in opened["layers"].items():
        if "uncertainty" in source:
            assert layer["renderer"] == "categorizedSymbol", source
            assert layer["classes"] == [*EVENT_SYMBOLS, ""]
        elif "incidents" in source.replace("incidents.gpkg", ""):
            assert layer["renderer"] == "pointDisplacement", "marks at one place stand round it"
            assert layer["classes"] == [*EVENT_SYMBOLS, "other", WORDS_ALONE]
        else:
            assert layer["labels"], source
        # QGIS 3.22 leaves it to the project to say that a layer has a time; the moments are there.
        assert {layer["fields"][name] for name in ("shown_from", "shown_until")} == {"datetime"}


def test_the_project_has_a_coordinate_reference_system_in_which_circles_are_round(opened: dict[str, Any]) -> None:
    assert opened["project"]["crs"] == [True, "EPSG:3857", "EPSG:7030"]


def test_a_project_across_the_antimeridian_opens_on_both_sides_of_it_in_one_view(
    across: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    across["geo_precision"] = None  # as in tables of others, which say nothing of it; a mark is drawn all the same
    across["event_type"], across["status"] = "Battles", "reported"
    save_layers(across, tmp_path)
    asked = {"project": f"{tmp_path}/incidents.qgz", "picture": f"{tmp_path}/q.png", "day": [2020, 3, 12]}
    project = look({"layers": [], **asked}, tmp_path)["project"]
    assert project["crs"][1] == "EPSG:3832"
    west, _, east, _ = project["view"]
    assert (west, east) == pytest.approx((178.145, 180.355), abs=0.01)
    assert marked(project["picture"]["colours"], "Battles") > 100


def test_every_table_that_qgis_lists_opens(opened: dict[str, Any]) -> None:
    assert "geo_edits" in opened["listed"]
    assert all(opened["listed"].values()), opened["listed"]


def test_qgis_writes_the_headlines_that_python_writes(opened: dict[str, Any], incidents: gpd.GeoDataFrame) -> None:
    assert opened["project"]["layers"]["incidents"]["headlines"] == headlines(incidents).tolist()


def test_qgis_writes_them_in_every_language_and_names_a_place_once_as_python_does(tmp_path: Path) -> None:
    many = with_repeats(make_incidents(300), 10)
    save_layers(mark_as_extracted(many.copy()), tmp_path)
    expressions = {lang: headline(names_in(many, lang), lang) for lang in LANGUAGES}
    written = look({"expressions": {f"{tmp_path}/incidents.gpkg|layername=incidents": expressions}}, tmp_path)[
        "written"
    ]
    assert written == {lang: headlines(many, lang).tolist() for lang in LANGUAGES}


def test_what_is_not_known_to_a_place_has_no_mark(opened: dict[str, Any], incidents: gpd.GeoDataFrame) -> None:
    layer = opened["project"]["layers"]["incidents"]
    placed = incidents[incidents.geometry.notna()]
    assert set(layer["marks"]) == set(placed["geo_precision"]) - {"admin", "region", "country", "unknown"}
    assert layer["labels"][0] == "somewhere in an area"


def test_vague_areas_are_in_sight_with_their_headlines_and_stand_in_the_legend(tmp_path: Path) -> None:
    text = "Gunmen ambushed a convoy in eastern Syria on Wednesday, killing three soldiers, state media reported."
    found = geo.extract(text, published="2020-03-13")
    save_layers(found, tmp_path)
    asked = {"project": f"{tmp_path}/incidents.qgz", "picture": f"{tmp_path}/q.png", "day": [2020, 3, 11]}
    project = look({"layers": [], **asked}, tmp_path)["project"]
    west, south, east, north = project["view"]
    area = areas_layer(found).total_bounds
    assert (west, south) < tuple(area[:2])
    assert (east, north) > tuple(area[2:])
    drawn = " ".join(project["picture"]["words"]).replace("\n", " ")
    assert headlines(found)[0] in drawn
    assert "areas" in project["sheets"]["Map to print"]["legend"]


def test_fields_are_called_by_words_and_the_form_has_tabs(opened: dict[str, Any]) -> None:
    layer = opened["project"]["layers"]["incidents"]
    assert layer["aliases"]["actor1"] == "Perpetrator"
    assert layer["tabs"] == ["Incident", "When and where", "Who and how many", "Evidence"]


def test_whoever_edits_chooses_from_the_terms(opened: dict[str, Any]) -> None:
    stated = opened["project"]["layers"]["incidents"]["choices"]
    assert stated == ["date_precision", "event_type", "geo_precision", "status", "sub_event_type"]
    assert STATUSES


def test_a_map_tip_quotes_the_evidence_as_text(opened: dict[str, Any], incidents: gpd.GeoDataFrame) -> None:
    for tip in (opened["project"]["layers"]["incidents"]["tip"], *(
        layer["tip"] for source, layer in opened["layers"].items() if source.endswith(("=incidents", "incidents.geojson"))
    )):  # fmt: skip
        assert html_of(headlines(incidents)[0]) in tip
        assert "&lt;script>alert('x')&lt;/script> &amp; \"more\"" in tip
        assert "<script>" not in tip
        assert "<blockquote>" in tip


def test_the_project_shows_layers_over_an_offline_map_with_tiles_listed_but_off(
    opened: dict[str, Any], incidents: gpd.GeoDataFrame
) -> None:
    project = opened["project"]
    assert project["read"]
    assert project["title"] == title(incidents, "en")
    groups = project["groups"]
    assert list(groups) == ["Incidents", "Basemap (offline)", "Online tiles (off)"]
    assert set(groups["Incidents"]) == {"incidents", "links", "places", "uncertainty", "areas"}
    assert "towns" in groups["Basemap (offline)"]
    assert all(shown == (name != "places") for name, (shown, _) in groups["Incidents"].items())
    assert all(shown for shown, _ in groups["Basemap (offline)"].values())
    assert groups["Online tiles (off)"]
    assert not any(shown for shown, _ in groups["Online tiles (off)"].values())
    assert all(known for group in groups.values() for _, known in group.values())
    assert all(layer["valid"] for layer in project["layers"].values())
    files = {name: source for name, source in project["sources"].items() if ".gpkg" in source}
    assert all(source.startswith(str(opened["folder"])) for source in files.values())


def test_the_temporal_controller_finds_its_range_with_the_last_day(
    opened: dict[str, Any], incidents: gpd.GeoDataFrame
) -> None:
    first, last = incidents["date_start"].min(), incidents["date_end"].max()
    project = opened["project"]
    drawn = [project["layers"][name]["times"] for name in ("incidents", "uncertainty", "links", "places")]
    assert drawn == [[True, "shown_from", "shown_until", 1]] * 4
    assert project["time_range"] == [f"{first:%Y-%m-%d}T00:00:00Z", f"{last:%Y-%m-%d}T23:59:59Z"]
    assert project["range"] == [f"{first:%Y-%m-%d}T00:00:00", f"{last:%Y-%m-%d}T23:59:59"]


def test_the_temporal_controller_shows_an_incident_on_its_days_alone(
    opened: dict[str, Any], incidents: gpd.GeoDataFrame
) -> None:
    day = opened["day"]
    undated = incidents["date_start"].isna().sum()  # at any time, rather than never

    def on(delta: int) -> int:
        frame = day + timedelta(days=delta)
        during = (incidents["date_start"] <= frame) & (incidents["date_end"] >= frame)
        return int(during.fillna(value=False).sum() + undated)

    assert opened["project"]["shown"] == {
        "the day before": on(-1),
        "the day": on(0),
        "its noon": on(0),
        "the day after": on(1),
    }
    assert on(0) > on(1)


def marked(colours: dict[str, int], event_type: str) -> int:
    """Count the pixels in the colour of a type, or nearly."""
    wanted = [int(EVENT_SYMBOLS[event_type].colour[n : n + 2], 16) for n in (1, 3, 5)]
    return sum(
        count
        for name, count in colours.items()
        if max(abs(int(name[n : n + 2], 16) - part) for n, part in zip((1, 3, 5), wanted, strict=True)) < 40
    )


def test_the_picture_has_the_colours_of_the_page(opened: dict[str, Any], incidents: gpd.GeoDataFrame) -> None:
    picture = opened["project"]["picture"]
    assert picture["errors"] == []
    colours = Counter(picture["colours"])
    assert colours["#f4f1ea"] > 100_000, "land"
    assert colours["#d8e6ee"] > 10_000, "sea"
    happened = incidents[~incidents["status"].isin(["denied", "planned", "threatened"]) & incidents.geometry.notna()]
    often = happened["event_type"].value_counts()
    for event_type in often.index[often >= 4]:  # a single mark may lie under others
        near = marked(colours, event_type)
        assert near > 15, event_type


@pytest.mark.parametrize("suffix", [".geojsonl", ".geojsons", ".fgb", ".kml", ".kmz", ".csv", ".xlsx"])
def test_other_formats_open_too(suffix: str, incidents: gpd.GeoDataFrame, tmp_path: Path) -> None:
    path = tmp_path / f"incidents{suffix}"
    write_layer(incidents, path)
    source = {".kmz": f"/vsizip/{path}/doc.kml", ".xlsx": f"{path}|layername=incidents"}.get(suffix, str(path))
    (layer,) = look({"layers": [source]}, tmp_path)["layers"].values()
    assert layer["valid"]
    assert layer["count"] == len(incidents)


def test_the_year_of_a_moment_has_four_figures() -> None:
    assert _stamp(datetime(25, 3, 1, 23, 59, 59, tzinfo=UTC)) == "0025-03-01T23:59:59Z"


def test_the_project_has_a_sheet_that_prints(opened: dict[str, Any]) -> None:
    (sheet,) = opened["project"]["sheets"].values()
    assert sheet["done"] == [0, 0], "QGIS says 0 where an export succeeded"
    assert {"QgsLayoutItemMap", "QgsLayoutItemLegend", "QgsLayoutItemScaleBar"} <= set(sheet["items"])
    stated = "\n".join(sheet["texts"])
    for words in (
        "Hollow marks: claimed",
        "60 incidents",
        "not checked by a person",
        "GeoNames (CC BY 4.0)",
        "Natural Earth",
        "Printed",
    ):
        assert words in stated, words
    assert not {"countries", "borders"} & set(sheet["legend"])
    assert Path(f"{opened['folder']}/map.png.sheet.pdf").read_bytes().startswith(b"%PDF")
    pixels = np.asarray(Image.open(f"{opened['folder']}/map.png.sheet.png").convert("RGB")).astype(int)
    for name, colour in {"land": (244, 241, 234), "an explosion": (204, 51, 17), "sea": (216, 230, 238)}.items():
        assert (abs(pixels - colour).max(axis=2) < 12).sum() > 20, name
