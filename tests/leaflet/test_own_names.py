"""A user's own columns and texts are never taken for the page's."""

import json
import re

import folium
import geopandas as gpd

from geo.leaflet import to_map
from geo.leaflet.columns import row_order
from geo.leaflet.details import RESERVED, detail_columns, detail_key, detail_parts, gather_details
from tests.synthetic import make_incidents


def test_own_columns_named_like_the_pages_lists_keep_their_cells() -> None:
    incidents = make_incidents(3)
    for name in [*sorted(RESERVED), "report_note", "evidence_mine"]:
        incidents[name] = [f"{name} {n}" for n in range(3)]
    order = row_order(incidents)
    gathered = gather_details(incidents, order, [], frozenset())
    ((_, _, data),) = detail_parts(gathered, 3)
    part = json.loads(data)
    for name in [*sorted(RESERVED), "report_note", "evidence_mine"]:
        assert name in detail_columns(incidents, frozenset())
        assert part[detail_key(name)] == [f"{name} {n}" for n in order.tolist()]
    assert part["evidence_count"] == [1, 1, 1]


def layers(text: str) -> str:
    incidents: gpd.GeoDataFrame = make_incidents(1)
    page = to_map(incidents)
    for lazy in (True, False):
        folium.Marker(
            [1, 2], popup=folium.Popup(text, lazy=lazy), tooltip=folium.Tooltip(text, style="color:red")
        ).add_to(page)
    folium.GeoJson(incidents[["geometry"]].assign(name=text), popup=folium.GeoJsonPopup(["name"])).add_to(page)
    return str(page.get_root().render())


def test_texts_of_popups_and_tooltips_are_no_script() -> None:
    attack = '`); stolen(); (` ${stolen()} </script><b>mine</b> \\` it\'s "quoted"'
    script = layers(attack).rpartition("<script>")[2]
    assert script.count("\\u003cb\\u003emine") >= 4, "two popups and two tooltips, as JSON strings"
    assert "stolen" not in re.sub(r'"(?:[^"\\]|\\.)*"', "", script)
