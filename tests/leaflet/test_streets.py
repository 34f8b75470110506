"""A page carries a basemap of the user's own, and draws its streets without asking anybody."""

import gzip
import warnings
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import mapbox_vector_tile
import numpy as np
import pytest
from PIL import Image
from pmtiles.reader import MemorySource, Reader, all_tiles
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer
from shapely import LineString, MultiLineString, Polygon, box
from shapely.affinity import translate
from typer.testing import CliRunner

from geo.cli import app
from geo.errors import GeoWarning, InputError
from geo.leaflet import streets, to_map
from tests.leaflet.conftest import Opened
from tests.leaflet.stories import REPORTS, TAJI, story

EXTENT = 4096
TAJI_BOX = (44.15, 33.45, 44.45, 33.6)
ROAD = (195, 184, 166)  # --geo-road of style/base.css
PARK = (228, 235, 217)  # --geo-green


def mercator(lon: float, lat: float, zoom: int) -> tuple[float, float]:
    size = 2**zoom
    return (lon / 360 + 0.5) * size, (0.5 - np.arctanh(np.sin(np.radians(lat))) / (2 * np.pi)) * size


def town(number: int) -> dict[str, list[dict[str, object]]]:
    """A grid of streets over one tile, with a main road, a park and a quarter; in units of the tile."""
    steps = np.arange(0, EXTENT + 1, EXTENT / 8)
    grid = MultiLineString(
        [LineString([(at, 0), (at, EXTENT)]) for at in steps] + [LineString([(0, at), (EXTENT, at)]) for at in steps]
    )
    street = {"geometry": grid, "properties": {"kind": "minor_road", "name": "Taji Street"}}
    main = {
        "geometry": LineString([(0, 900), (EXTENT, 3100)]),
        "properties": {"kind": "highway", "name": f"Route {number}"},
    }
    park = {"geometry": box(1000, 1000, 1900, 1900), "properties": {"kind": "park"}}
    house = {"geometry": translate(box(0, 0, 90, 60), 600, 700), "properties": {"kind": "building"}}
    return {"roads": [street, main], "landuse": [park], "buildings": [house]}


def archive(
    path: Path,
    zooms: range,
    *,
    bounds: tuple[float, float, float, float] = TAJI_BOX,
    kind: TileType = TileType.MVT,
    content: Callable[[int], dict[str, list[dict[str, object]]]] = town,
) -> Path:
    """Write vector tiles that cover a box, as tippecanoe or planetiler leave them."""
    west, south, east, north = bounds
    with path.open("wb") as file:
        writer = Writer(file)
        tiles: dict[int, bytes] = {}
        layers: set[str] = set()
        for zoom in zooms:
            (left, top), (right, bottom) = mercator(west, north, zoom), mercator(east, south, zoom)
            for x in range(int(left), int(right) + 1):
                for y in range(int(top), int(bottom) + 1):
                    number = zxy_to_tileid(zoom, x, y)
                    made = [{"name": name, "features": rows} for name, rows in content(number).items()]
                    layers |= {layer["name"] for layer in made}
                    tiles[number] = gzip.compress(mapbox_vector_tile.encode(made), mtime=0)
        for number in sorted(tiles):
            writer.write_tile(number, tiles[number])
        sides = zip(("min_lon", "min_lat", "max_lon", "max_lat"), bounds, strict=True)
        header = {f"{side}_e7": int(value * 1e7) for side, value in sides}
        header |= {"center_zoom": zooms[0], "center_lon_e7": int(west * 1e7), "center_lat_e7": int(south * 1e7)}
        header |= {"tile_type": kind, "tile_compression": Compression.GZIP}
        about = {
            "vector_layers": [{"id": name, "fields": {}} for name in layers],
            "attribution": "<a>© Cartographers</a>",
        }
        writer.finalize(header, about)
    return path


def pixels_of(opened: Opened, path: Path, colour: tuple[int, int, int]) -> int:
    opened.page.wait_for_timeout(800)
    opened.page.screenshot(path=path)
    with Image.open(path) as picture:
        pixels = np.asarray(picture.convert("RGB")).astype(int)
    return int((abs(pixels - colour).max(axis=2) < 4).sum())


def test_streets_are_drawn_offline_and_can_be_switched_off(
    open_page: Callable[..., Opened], tmp_path: Path, picture: Callable[..., None]
) -> None:
    made = archive(tmp_path / "taji.pmtiles", range(11, 15))
    opened = open_page(to_map(story(), reports=REPORTS, basemap=made))
    opened.look(TAJI["lon"] + 0.05, TAJI["lat"], 15)
    assert pixels_of(opened, tmp_path / "streets.png", ROAD) > 3000
    assert pixels_of(opened, tmp_path / "streets.png", PARK) > 3000
    picture(opened)
    assert "© Cartographers" in opened.page.locator(".leaflet-control-attribution").inner_text()
    opened.page.get_by_role("tab", name="Legend").click()
    opened.page.get_by_role("checkbox", name="Own basemap").uncheck()
    assert pixels_of(opened, tmp_path / "without.png", ROAD) < 300


@pytest.mark.slow
def test_streets_of_close_zooms_do_not_move_the_first_view(open_page: Callable[..., Opened], tmp_path: Path) -> None:
    plain = open_page(to_map(story()))
    opened = open_page(to_map(story(), basemap=archive(tmp_path / "taji.pmtiles", range(11, 15))))
    opened.page.wait_for_timeout(500)  # an animation to another zoom would have ended
    view = "[map_incidents.getZoom(), map_incidents.getCenter().lat, map_incidents.getCenter().lng]"
    assert opened.page.evaluate(view) == plain.page.evaluate(view)


@pytest.mark.slow
def test_streets_are_seen_as_close_as_a_street_is(open_page: Callable[..., Opened], tmp_path: Path) -> None:
    opened = open_page(to_map(story(), basemap=archive(tmp_path / "taji.pmtiles", range(11, 15))))
    opened.look(TAJI["lon"] + 0.05, TAJI["lat"], 18)  # outside the circle, which tints the streets
    assert opened.page.evaluate("map_incidents.getZoom()") == 18
    assert pixels_of(opened, tmp_path / "close.png", ROAD) > 3000


@pytest.mark.slow
def test_layers_of_a_schema_of_ones_own_are_drawn_plainly(open_page: Callable[..., Opened], tmp_path: Path) -> None:
    def tracks(_: int) -> dict[str, list[dict[str, object]]]:
        ring = Polygon([(500, 500), (3500, 500), (3500, 3500), (500, 3500)])
        return {"patrols": [{"geometry": LineString(ring.exterior.coords), "properties": {"unit": "3"}}]}

    opened = open_page(to_map(story(), basemap=archive(tmp_path / "own.pmtiles", range(11, 15), content=tracks)))
    opened.look(TAJI["lon"] + 0.05, TAJI["lat"], 15)
    assert pixels_of(opened, tmp_path / "own.png", ROAD) > 500


def test_a_page_without_a_basemap_has_nothing_of_it(story_file: Path) -> None:
    assert "geoStreets" not in story_file.read_text(encoding="utf-8")


def test_of_a_large_archive_the_page_gets_the_tiles_round_the_incidents(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = archive(tmp_path / "iraq.pmtiles", range(6, 13), bounds=(43.0, 32.5, 45.5, 34.5))
    monkeypatch.setattr(streets, "MOST_WHOLE", 1000)
    at = story().geometry
    xy = np.column_stack([at.x, at.y])
    with pytest.warns(
        GeoWarning, match=r"iraq\.pmtiles: .* it carries the \d+ tiles round the incidents, up to zoom 12"
    ):
        cut = streets.read_streets(made, xy)
    kept = {place for place, _ in all_tiles(MemorySource(cut.archive))}
    whole = {place for place, _ in all_tiles(MemorySource(made.read_bytes()))}
    assert kept < whole
    x, y = (int(value) for value in mercator(TAJI["lon"], TAJI["lat"], 12))
    assert {(12, x + dx, y + dy) for dx in (-2, 0, 2) for dy in (-2, 0, 2)} <= kept
    assert (12, x + 9, y + 9) not in kept
    assert Reader(MemorySource(cut.archive)).get(12, x, y) == Reader(MemorySource(made.read_bytes())).get(12, x, y)


def test_where_that_is_still_too_much_the_deepest_zooms_are_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = archive(tmp_path / "iraq.pmtiles", range(6, 13), bounds=(44.0, 33.3, 44.6, 33.8))
    monkeypatch.setattr(streets, "MOST_WHOLE", 1000)
    monkeypatch.setattr(streets, "MOST_CUT", 6_000)
    with pytest.warns(GeoWarning, match="up to zoom"):
        cut = streets.read_streets(made, np.array([[TAJI["lon"], TAJI["lat"]]]))
    assert cut.meta["max_zoom"] < 12


def files(folder: Path) -> dict[str, tuple[Path, str]]:
    """What is no basemap for the story, and what is said of it."""
    (folder / "page.pmtiles").write_text("<html>", encoding="utf-8")
    whole = archive(folder / "taji.pmtiles", range(8, 10)).read_bytes()
    (folder / "short.pmtiles").write_bytes(whole[:140])
    archive(folder / "photos.pmtiles", range(8, 9), kind=TileType.PNG)
    archive(folder / "peru.pmtiles", range(4, 6), bounds=(-76.0, -13.0, -75.0, -12.0))
    return {
        "page.pmtiles": (folder / "page.pmtiles", "no PMTiles archive"),
        "short.pmtiles": (folder / "short.pmtiles", "a broken PMTiles archive"),
        "photos.pmtiles": (folder / "photos.pmtiles", "holds PNG tiles; expected vector tiles"),
        "peru.pmtiles": (folder / "peru.pmtiles", "no incident lies in its area (longitude -76 to -75"),
        "missing.pmtiles": (folder / "missing.pmtiles", "cannot be read (No such file"),
    }


def test_what_is_no_basemap_is_refused_in_one_sentence(tmp_path: Path) -> None:
    incidents: gpd.GeoDataFrame = story()
    for path, said in files(tmp_path).values():
        with pytest.raises(InputError) as refused:
            to_map(incidents, basemap=path)
        assert said in str(refused.value)
        assert "\n" not in str(refused.value)


def test_the_command_line_takes_a_basemap(tmp_path: Path) -> None:
    made = archive(tmp_path / "iraq.pmtiles", range(6, 10), bounds=(38.0, 29.0, 49.0, 38.0))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        ran = CliRunner().invoke(app, ["map", "--demo", "--basemap", str(made), "-o", str(tmp_path / "out")])
    assert ran.exit_code == 0, ran.output
    assert "geoStreets" in (tmp_path / "out" / "map.html").read_text(encoding="utf-8")
    ran = CliRunner().invoke(
        app, ["map", "--demo", "--basemap", str(files(tmp_path)["peru.pmtiles"][0]), "-o", str(tmp_path / "out")]
    )
    assert ran.exit_code == 1
    assert "no incident lies in its area" in " ".join(ran.output.split())
