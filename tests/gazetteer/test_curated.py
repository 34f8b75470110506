import numpy as np
import pytest

from geo import resources
from geo.errors import GazetteerError
from geo.gazetteer.curated import TABLES, Known, _lay, add_curated
from geo.gazetteer.entry import Entry
from geo.gazetteer.extent import distances_m
from geo.gazetteer.gazetteer import embedded_gazetteer

ROWS = [(table, row) for table in TABLES for row in resources.read_table(table)]


def test_a_curated_place_lies_in_its_country() -> None:
    """Its nearest settlements must know the country: a slip of sign or digit shows at once."""
    gazetteer = embedded_gazetteer()
    settlements = np.flatnonzero([gazetteer.feature_code(n) in {"P.PPL", "P.PPLC"} for n in range(len(gazetteer.lon))])
    settlements = settlements[np.argsort(gazetteer.lat[settlements])]
    lons, lats = gazetteer.lon[settlements], gazetteer.lat[settlements]
    codes = np.array([gazetteer.country_code(n) for n in settlements.tolist()])
    wrong = []
    for table, row in ROWS:
        if row["lat"] and row["country_code"] and float(row["radius_m"]) < 200_000 and row["name"] != "Wake Island":
            lon, lat = float(row["lon"]), float(row["lat"])
            band = slice(*np.searchsorted(lats, [lat - 6, lat + 6]))
            away = distances_m(lon, lat, lons[band], lats[band])
            near = away.argpartition(min(20, len(away) - 1))[:20]
            if row["country_code"] not in codes[band][near]:
                wrong.append((table, row["name"], row["country_code"], sorted(set(codes[band][near].tolist()))))
    assert not wrong


@pytest.mark.parametrize("table", TABLES)
def test_a_table_names_its_source_and_a_reach_for_each_place(table: str) -> None:
    for row in resources.read_table(table):
        assert row["source"], row
        assert not row["lat"] or float(row["radius_m"]) > 0, row


def test_every_curated_name_is_found_where_the_table_puts_it() -> None:
    gazetteer = embedded_gazetteer()
    lost = []
    for table, row in ROWS:
        found = gazetteer.find_rows(row["name"])
        if row["lat"] and found:
            off = distances_m(
                float(row["lon"]), float(row["lat"]), gazetteer.lon[list(found)], gazetteer.lat[list(found)]
            )
            if off.min() < max(20_000, float(row["radius_m"])):
                continue
        if row["lat"] or not found:
            lost.append((table, row["name"]))
    assert not lost


def entry(place_id: str = "geonames:1", name: str = "Town", **more: object) -> Entry:
    fields = {
        "kind": "settlement",
        "feature_class": "P",
        "feature_code": "PPL",
        "lon": 44.0,
        "lat": 33.0,
        "country_code": "IQ",
    }
    return Entry(id=place_id, name=name, **(fields | more))  # type: ignore[arg-type]


def row(**cells: str) -> dict[str, str]:
    empty = dict.fromkeys(("id", "name", "aliases", "lat", "lon", "country_code", "radius_m", "source", "same_as"), "")
    return empty | {"kind": "settlement", "feature_code": "PPL"} | cells


def test_a_row_of_the_same_name_nearby_adds_to_what_is_known() -> None:
    known = Known([entry()])
    _lay(
        row(name="Town", aliases="City; Burgh", lat="33.01", lon="44.01", country_code="IQ", radius_m="900"), known, "t"
    )
    assert list(known.by_id) == ["geonames:1"]
    assert {"City", "Burgh"} <= set(known.by_id["geonames:1"].best)
    assert known.by_id["geonames:1"].radius_m == 900


def test_a_town_of_the_same_name_far_away_is_another() -> None:
    known = Known([entry()])
    _lay(row(name="Town", lat="36", lon="44", country_code="IQ", radius_m="900"), known, "t")
    assert set(known.by_id) == {"geonames:1", "geo:town"}


def test_a_town_hard_by_in_another_spelling_is_the_same() -> None:
    known = Known([entry(name="Kanyobagonga")])
    _lay(row(name="Kanyabayonga", lat="33.01", lon="44.01", country_code="IQ", radius_m="900"), known, "t")
    assert list(known.by_id) == ["geonames:1"]


def test_a_base_takes_the_place_of_its_airfield() -> None:
    field = entry("icao:XXXX", "Field", kind="site", feature_class="S", feature_code="AIRF")
    known = Known([field])
    _lay(row(id="geo:base", name="Base", feature_code="MILB", country_code="IQ", same_as="icao:XXXX"), known, "t")
    assert list(known.by_id) == ["geo:base"]
    assert known.by_id["geo:base"].name == "Base"
    assert "Field" in known.by_id["geo:base"].best


def test_a_row_without_a_point_that_names_nothing_is_refused() -> None:
    with pytest.raises(GazetteerError, match="names nothing known"):
        _lay(row(name="Nowhere", country_code="IQ"), Known([]), "t")


def test_an_alias_of_a_place_that_is_not_there_is_refused() -> None:
    with pytest.raises(GazetteerError):
        add_curated(Known([]))
