"""Google Earth gets a span of time, a style and a picture for every mark."""

import io
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import geopandas as gpd
import matplotlib.image as mpimg
import pandas as pd
import pytest

from geo.exporting import write_layer
from geo.exporting.kml import style_id
from geo.exporting.symbols import EVENT_SYMBOLS, icon_png
from geo.incident import Incident
from geo.incidents import to_frame

FORMULAS = "=+-@\t\r\n＝＋－＠"
KML = "{http://www.opengis.net/kml/2.2}"


def test_kml_has_a_span_of_time_and_a_style_for_every_placemark(incidents: gpd.GeoDataFrame, tmp_path: Path) -> None:
    write_layer(incidents, tmp_path / "a.kml")
    root = ET.parse(tmp_path / "a.kml").getroot()  # noqa: S314 - geo wrote it
    styles = {f"#{style.get('id')}" for style in root.iter(f"{KML}Style")}
    marks = list(root.iter(f"{KML}Placemark"))
    assert len(marks) == len(incidents)
    for mark, (_, row) in zip(marks, incidents.iterrows(), strict=True):
        unplaced = "-somewhere" if row["geo_precision"] in {"unknown", "admin", "region", "country"} else ""
        assert mark.findtext(f"{KML}styleUrl") == f"#{style_id(row['event_type'])}{unplaced}"
        assert mark.findtext(f"{KML}styleUrl") in styles
        begin, end = (mark.findtext(f"{KML}TimeSpan/{KML}{side}") for side in ("begin", "end"))
        assert (begin is None) == pd.isna(row["date_start"])
        if begin:
            assert begin == row["date_start"].date().isoformat()
            assert end == f"{row['date_end'].date()}T23:59:59Z"
        assert (mark.find(f"{KML}Point") is None) == (row.geometry is None)
    colours = {style.get("id"): style.findtext(f"{KML}IconStyle/{KML}color") for style in root.iter(f"{KML}Style")}
    red, green, blue = (EVENT_SYMBOLS["Battles"].colour[n : n + 2].lower() for n in (1, 3, 5))
    assert colours[style_id("Battles")] == f"ff{blue}{green}{red}"


def test_a_kmz_carries_the_pictures_of_its_marks(incidents: gpd.GeoDataFrame, tmp_path: Path) -> None:
    write_layer(incidents, tmp_path / "a.kmz")
    with zipfile.ZipFile(tmp_path / "a.kmz") as archive:
        held = set(archive.namelist())
        root = ET.fromstring(archive.read("doc.kml"))  # noqa: S314 - geo wrote it
    asked = {icon.text for icon in root.iter(f"{KML}href")}
    assert asked == held - {"doc.kml"}


@pytest.mark.parametrize("shape", sorted({symbol.shape for symbol in EVENT_SYMBOLS.values()}))
def test_an_icon_is_a_png(shape: str) -> None:
    pixels = mpimg.imread(io.BytesIO(icon_png(shape)), format="png")
    assert pixels.shape == (32, 32, 4)
    assert pixels[16, 16].tolist() == [1, 1, 1, 1]
    assert pixels[0, 0, 3] == 0


def test_what_is_known_by_its_country_alone_is_a_name_without_a_mark(tmp_path: Path) -> None:
    placemarks = {
        "report_ids": ("r",),
        "event_type": "Battles",
        "sub_event_type": "Armed clash",
        "country": "Iraq",
        "lat": 33.0,
    }
    rows = [
        Incident(incident_id="vague", geo_precision="country", lon=44.0, place_name="Iraq", **placemarks),
        Incident(incident_id="unsaid", geo_precision="unknown", lon=44.1, place_name="Dijla", **placemarks),
        Incident(incident_id="sharp", geo_precision="site", lon=44.3, place_name="Camp Taji", **placemarks),
    ]
    path = tmp_path / "incidents.kml"
    write_layer(to_frame(rows), path)
    marks = ET.parse(path).getroot().iter(f"{KML}Placemark")  # noqa: S314 - written a line above
    styles = {mark.findtext(f"{KML}name"): mark.findtext(f"{KML}styleUrl") for mark in marks}
    assert styles == {
        "Clash somewhere in Iraq": "#style-battles-somewhere",
        "Clash in Dijla": "#style-battles-somewhere",
        "Clash at Camp Taji": "#style-battles",
    }
    assert '<Style id="style-battles-somewhere"><IconStyle><scale>0</scale></IconStyle>' in path.read_text("utf-8")
