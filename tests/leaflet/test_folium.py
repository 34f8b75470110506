"""A map of geo is a Folium map: people add what Folium has, and it is still one file."""

import warnings
from collections.abc import Callable
from pathlib import Path

import folium
import nbformat
import pytest
from folium import plugins
from nbclient import NotebookClient

from geo.errors import ExportError
from geo.leaflet import OnlineAddressWarning, to_map
from tests.conftest import slow_but
from tests.leaflet.conftest import Opened
from tests.leaflet.stories import REPORTS, TAJI, story


def test_it_is_a_folium_map() -> None:
    assert isinstance(to_map(story()), folium.Map)


def test_own_layers_lie_on_the_map_and_need_no_network(
    open_page: Callable[..., Opened], picture: Callable[..., None]
) -> None:
    made = to_map(story(), reports=REPORTS)
    folium.CircleMarker([33.0, 44.0], radius=30, color="#ff00ff", tooltip="my own").add_to(made)
    folium.GeoJson({"type": "LineString", "coordinates": [[42, 33], [44, 34]]}, name="road").add_to(made)
    folium.PolyLine([[33, 43], [34, 44]], popup="a road").add_to(made)
    opened = open_page(made)
    assert (
        opened.page.locator("path.leaflet-interactive").count()
        + opened.page.locator(".leaflet-overlay-pane canvas").count()
        > 0
    )
    assert opened.shows() == "Incidents shown: 9 of 9"
    picture(opened)


def test_a_popup_of_the_users_own_opens(open_page: Callable[..., Opened]) -> None:
    made = to_map(story())
    folium.Marker(
        [TAJI["lat"] - 1, TAJI["lon"]], popup=folium.Popup("<b>my popup</b>"), icon=folium.DivIcon(html="<i>here</i>")
    ).add_to(made)
    opened = open_page(made)
    opened.page.locator(".leaflet-marker-icon").click()
    opened.page.get_by_text("my popup").wait_for()


PLUGINS = {
    "MarkerCluster": lambda m: plugins.MarkerCluster([[33, 44], [33.1, 44.1]]).add_to(m),
    "HeatMap": lambda m: plugins.HeatMap([[33, 44, 1.0]]).add_to(m),
    "Fullscreen": lambda m: plugins.Fullscreen().add_to(m),
    "MiniMap": lambda m: plugins.MiniMap(tile_layer=folium.TileLayer("", attr=" ")).add_to(m),
    "Draw": lambda m: plugins.Draw().add_to(m),
    "AntPath": lambda m: plugins.AntPath([[33, 44], [34, 43]]).add_to(m),
    "Search": lambda m: plugins.Search(
        folium.GeoJson(story()[["place_name", "geometry"]].iloc[:2]).add_to(m), search_label="place_name"
    ).add_to(m),
    "MousePosition": lambda m: plugins.MousePosition().add_to(m),
    "Marker": lambda m: folium.Marker([33, 44], popup="a pin").add_to(m),
    "LayerControl": lambda m: folium.LayerControl().add_to(m),
}


@pytest.mark.parametrize("name", slow_but(["MarkerCluster"], PLUGINS))
def test_common_plugins_are_bundled(name: str, open_page: Callable[..., Opened], picture: Callable[..., None]) -> None:
    made = to_map(story())
    PLUGINS[name](made)
    with warnings.catch_warnings():
        warnings.simplefilter("error", OnlineAddressWarning)
        opened = open_page(made)
    assert opened.shows() == "Incidents shown: 9 of 9"
    picture(opened)
    # The heat layer reads its canvas back as it was written to, for which Chromium has a hint.
    opened.said[:] = [said for said in opened.said if not said.startswith("Canvas2D: Multiple readback")]


def test_a_plugin_that_is_not_bundled_says_which_address_it_needs(tmp_path: Path) -> None:
    made = to_map(story())
    made.add_js_link("mine", "https://cdn.example/my-plugin.js")
    with pytest.warns(OnlineAddressWarning, match=r"not offline: .*https://cdn\.example/my-plugin\.js"):
        made.save(tmp_path / "map.html")
    html = (tmp_path / "map.html").read_text(encoding="utf-8")
    assert '<script src="https://cdn.example/my-plugin.js"></script>' in html
    assert "https://cdn.example" in html.split('content="', 2)[1].split('"')[0], "the policy allows it"


def test_an_online_tile_layer_of_the_users_own_is_announced(tmp_path: Path) -> None:
    made = to_map(story())
    folium.TileLayer("https://{s}.tiles.example/{z}/{x}/{y}.png", attr="Example").add_to(made)
    with pytest.warns(OnlineAddressWarning, match=r"tiles\.example"):
        made.save(tmp_path / "map.html")
    assert "https://*.tiles.example" in (tmp_path / "map.html").read_text(encoding="utf-8")


def test_adding_to_one_map_leaves_the_next_one_clean(tmp_path: Path) -> None:
    first, second = to_map(story()), to_map(story())
    first.add_js_link("mine", "https://cdn.example/my-plugin.js")
    second.save(tmp_path / "map.html")
    assert "cdn.example" not in (tmp_path / "map.html").read_text(encoding="utf-8")


def test_the_same_table_gives_the_same_page(tmp_path: Path) -> None:
    for name in ("one", "two"):
        to_map(story(), reports=REPORTS).save(tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_a_map_can_be_saved_twice(tmp_path: Path) -> None:
    made = to_map(story())
    made.save(tmp_path / "one")
    made.save(str(tmp_path / "two"))
    with (tmp_path / "three").open("wb") as file:
        made.save(file)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes() == (tmp_path / "three").read_bytes()


def test_a_failed_save_leaves_the_earlier_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "map.html"
    path.write_text("earlier", encoding="utf-8")

    def fail(*_: object) -> int:
        msg = "disk full"
        raise OSError(msg)

    monkeypatch.setattr(Path, "write_bytes", fail)
    with pytest.raises(ExportError, match=r"map\.html: cannot be written \(disk full\)"):
        to_map(story()).save(path)
    assert path.read_text(encoding="utf-8") == "earlier"
    assert [p.name for p in tmp_path.iterdir()] == ["map.html"]


@pytest.mark.slow
def test_in_a_notebook_it_shows_inline(
    open_page: Callable[..., Opened], tmp_path: Path, picture: Callable[..., None]
) -> None:
    code = "import geo\nfrom tests.leaflet.stories import story\ngeo.to_map(story(), title='In a notebook')"
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])
    root = Path(__file__).resolve().parents[2]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the kernel's own libraries
        NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(root)}}).execute()
    shown = notebook.cells[0].outputs[0]["data"]["text/html"]
    page = tmp_path / "notebook.html"
    page.write_text(f"<!doctype html><html><body>{shown}</body></html>", encoding="utf-8")
    opened = open_page(page, wait="iframe")
    frame = opened.page.frame_locator("iframe")
    frame.locator(".geo-count").wait_for()
    frame.locator("html[data-geo-state=ready]").wait_for(state="attached")
    assert "9 of 9" in frame.locator(".geo-count").inner_text()
    frame.locator(".geo-panel-toggle").wait_for()
    picture(opened)
