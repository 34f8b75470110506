"""No text of a report or table becomes markup, script, style or an address."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from geo.errors import InputError, SchemaError
from geo.incident import Evidence
from geo.incidents import empty_frame, to_frame
from geo.leaflet import to_map
from geo.report import Report
from tests.conftest import slow_but
from tests.leaflet.conftest import Opened
from tests.leaflet.decoding import read_page
from tests.leaflet.stories import REPORTS, TAJI, incident, story

NASTY = [
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(2)</script>",
    "<!--<script>",
    "javascript:alert(3)",
    "\"'`${alert(4)}`",
    "&lt;b&gt;&#60;i&#62;",
    "{{ 7*7 }} {% raw %}",
    "\u202egnp.exe\u202c \u2066hidden\u2069",
    "a\u2028b\u2029c\x00d\x1be",
    "<style>*{display:none}</style><svg onload=alert(5)>",
    "]]><![CDATA[",
    "😀 \U0010ffff",
]


def nasty_frame() -> gpd.GeoDataFrame:
    rows = [
        incident(
            f"i{n}", lon=44 + n / 10, lat=33.0, place_name=text, place_text=text, country=text, admin1=text, actor1=text,
            actor2=text, weapon=text, attribution=text, report_ids=(text,),
            evidence=(Evidence(report_id=text, start=0, end=len(text), text=text),),
        )
        for n, text in enumerate(NASTY)
    ]  # fmt: skip
    frame = to_frame(rows)
    frame["<b>own</b>"] = NASTY
    return frame


def nasty_reports() -> list[Report]:
    return [
        Report(id=text, text=text * 3, title=text, publisher=text, url="javascript:alert(6)", language=text)
        for text in NASTY
    ]


def test_texts_of_reports_stay_texts(open_page: Callable[..., Opened], picture: Callable[..., None]) -> None:
    opened = open_page(to_map(nasty_frame(), reports=nasty_reports(), full_text=True, title=NASTY[0] + NASTY[1]))
    opened.page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    for n, entry in enumerate(NASTY):
        opened.page.locator(".geo-list .geo-entry").nth(n).click()
        opened.page.wait_for_selector(".geo-later:not([aria-busy])")
        shown = opened.page.locator(".geo-detail").inner_text()
        plain = entry.split("\u2028")[0].replace("\u202e", "").split("\u202c")[0].strip()
        assert plain[:20] in shown, f"{entry!r} is shown as it is"
        assert not set("\u202e\u202c\u2066\u2069") & set(shown), "nothing turns the line round"
        opened.page.get_by_role("button", name="Read in context").first.click()
        opened.page.get_by_role("dialog").get_by_role("button", name="Close").click()
        opened.page.get_by_role("button", name="Back to the list").click()
    inside = opened.page.evaluate("""() => [
        document.querySelectorAll('.geo-page img, .geo-page style, .geo-page script, .geo-page svg[onload]').length,
        [...document.querySelectorAll('a:not([class*=leaflet])')].map(a => a.protocol).filter(p => !/^https?:$/.test(p)),
        document.scripts.length,
    ]""")
    assert inside[0] == 0
    assert inside[1] == []
    picture(opened)


def test_only_addresses_of_the_web_become_links(open_page: Callable[..., Opened]) -> None:
    addresses = [
        "javascript:alert(1)",
        "data:text/html,x",
        "  JaVaScRiPt:alert(1)",
        "file:///etc/passwd",
        "https://good.example/",
    ]
    reports = [Report(id=f"r{n}", text="x", title="T", url=url) for n, url in enumerate(addresses)]
    frame = to_frame([incident("a", lon=44, lat=33, report_ids=tuple(r.id for r in reports))])
    opened = open_page(to_map(frame, reports=reports))
    opened.page.locator(".geo-list .geo-entry").click()
    opened.page.wait_for_selector(".geo-later:not([aria-busy])")
    links = opened.page.evaluate("[...document.querySelectorAll('.geo-detail a')].map(a => a.href)")
    assert links == ["https://good.example/"]


def test_a_hundred_thousand_letters_do_not_break_the_panel(open_page: Callable[..., Opened]) -> None:
    long = "Soldiers fired <b> " * 5_300
    frame = to_frame(
        [incident("a", lon=44, lat=33, evidence=(Evidence(report_id="gazette", start=0, end=len(long), text=long),))]
    )
    opened = open_page(to_map(frame, reports=REPORTS))
    opened.page.locator(".geo-list .geo-entry").click()
    opened.page.wait_for_selector(".geo-later:not([aria-busy])")
    panel = opened.page.locator(".geo-panel").bounding_box()
    assert panel is not None
    assert panel["height"] < 700
    opened.page.get_by_role("button", name="Show all").click()
    assert len(opened.page.locator(".geo-detail blockquote").inner_text()) > 90_000


def test_the_meta_object_holds_nothing_that_html_reads(tmp_path: Path) -> None:
    to_map(nasty_frame(), title="".join(NASTY)).save(tmp_path / "map.html")
    html = (tmp_path / "map.html").read_text(encoding="utf-8")
    assert "alert(2)" not in html.split('id="geo-meta">')[0].split("<title>")[0]
    assert "<script>alert" not in html
    assert read_page(html).meta["title"].startswith("<img src=x")


def test_a_coarsened_page_states_no_place_more_finely(tmp_path: Path, open_page: Callable[..., Opened]) -> None:
    frame = story()
    frame["village"] = "Taji village"
    made = to_map(frame, reports=REPORTS, coarsen_m=10_000)
    made.save(tmp_path / "map.html")
    page = read_page((tmp_path / "map.html").read_text(encoding="utf-8"))
    content = "".join(
        block.decode("utf-8", "ignore") for name in page.blocks if name != "basemap" for block in page.blocks[name]
    )
    for secret in ("Taji", "Qāʾim", "village", "gazette", "Rockets"):
        assert secret not in content, secret
    assert min(page.column("uncertainty_m")) >= 10_000
    assert "site" not in {page.meta["geo_precisions"][code] for code in page.column("geo_precision")}
    opened = open_page(made)
    opened.page.get_by_role("button", name="About").click()
    assert "10 km" in opened.page.get_by_role("dialog").inner_text()


def test_a_hidden_column_is_nowhere_in_the_page(tmp_path: Path, open_page: Callable[..., Opened]) -> None:
    made = to_map(story(), hide=["actor1", "weapon"])
    made.save(tmp_path / "map.html")
    page = read_page((tmp_path / "map.html").read_text(encoding="utf-8"))
    assert "Kata'ib Hizballah" not in page.everything()
    assert not {"actor1", "weapon"} & {spec["name"] for spec in page.meta["columns"]}
    opened = open_page(made)
    opened.page.get_by_role("searchbox", name="Search incidents").fill("hizballah")
    opened.page.wait_for_timeout(600)
    assert opened.shows().startswith("Incidents shown: 0 of 9")


@pytest.mark.parametrize("column", [c for c in story().columns if c != "incident_id"])
def test_any_column_can_be_hidden(column: str, tmp_path: Path) -> None:
    to_map(story(), reports=REPORTS, hide=[column]).save(tmp_path / "map.html")
    page = read_page((tmp_path / "map.html").read_text(encoding="utf-8"))
    assert column not in {spec["name"] for spec in page.meta["columns"]} | set(page.meta["detail_columns"])
    assert page.meta["hidden"] == [column]


@pytest.mark.slow
def test_pages_without_geometry_evidence_or_ids_open(open_page: Callable[..., Opened]) -> None:
    for hide in (
        ["geometry", "uncertainty_m"],
        ["evidence", "report_ids"],
        ["incident_id"],
        ["event_type", "status", "date_start", "date_end"],
    ):
        opened = open_page(to_map(story(), reports=REPORTS, hide=hide))
        opened.page.locator(".geo-list .geo-entry").first.click()
        opened.page.wait_for_selector(".geo-later:not([aria-busy])")


def test_full_text_contradicts_withholding() -> None:
    with pytest.raises(InputError, match="full_text would reveal what is left out"):
        to_map(story(), reports=REPORTS, full_text=True, coarsen_m=1000)
    with pytest.raises(InputError, match="full_text needs the reports"):
        to_map(story(), full_text=True)


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ({"lang": "xx"}, "one of ar, en, es, fr"),
        ({"hide": ["nothing"]}, "no such column"),
        ({"tiles": ["Moon"]}, "one of OpenStreetMap"),
    ],
)
def test_a_wrong_choice_says_which_there_are(choice: dict[str, object], expected: str) -> None:
    with pytest.raises(InputError, match=expected):
        to_map(story(), **choice)


def test_a_broken_cell_is_named() -> None:
    frame = story()
    frame["evidence"] = [*frame["evidence"][:3], None, *frame["evidence"][4:]]
    with pytest.raises(SchemaError, match="'evidence', row 4"):
        to_map(frame)


def test_a_table_in_metres_is_turned_into_degrees(tmp_path: Path) -> None:
    to_map(story().to_crs(3857)).save(tmp_path / "map.html")
    page = read_page((tmp_path / "map.html").read_text(encoding="utf-8"))
    assert page.column("lon").max() / 1e5 == pytest.approx(44.401, abs=1e-4)


def test_areas_are_refused_with_a_way_out() -> None:
    frame = story()
    with pytest.raises(SchemaError, match="take the centroid"):
        to_map(frame.set_geometry([shapely.box(44, 33, 45, 34)] * len(frame), crs=frame.crs))


def bare(points: list[object]) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame({"sub_event_type": ["Armed clash"] * len(points)}, geometry=points, crs="EPSG:4326")


FRAMES = {
    "empty": empty_frame,
    "one": lambda: to_frame([incident("a", **TAJI)]),
    "nowhere": lambda: to_frame([incident("a", lon=None, lat=None, uncertainty_m=None), incident("b", lon=None, lat=None)]),
    "antimeridian": lambda: bare([shapely.Point(179.99, -16.5), shapely.Point(-179.99, -16.6)]),
    "poles": lambda: bare([shapely.Point(0, 90), shapely.Point(12, -90)]),
    "foreign": lambda: bare([shapely.Point(44, 33), None]).assign(my_column=[1.5, np.nan], note=["x", None]),
    "mercator": lambda: bare([shapely.Point(44, 33)]).to_crs(3857),
    "table": lambda: pd.DataFrame({"latitude": [33.0], "longitude": [44.0], "evidence": ["A bomb went off."], "date_start": ["2020-03-12"]}),
    "centuries": lambda: to_frame([incident(f"y{y}", **{**TAJI, "date_start": date(y, 1, 1), "date_end": date(y, 1, 1)}) for y in (1099, 1945, 2999)]),
}  # fmt: skip


@pytest.mark.parametrize("name", slow_but(["antimeridian"], FRAMES))
def test_strange_tables_open(name: str, open_page: Callable[..., Opened], picture: Callable[..., None]) -> None:
    frame = FRAMES[name]()
    opened = open_page(to_map(frame))
    assert opened.shows() == f"Incidents shown: {len(frame)} of {len(frame)}"
    picture(opened)
