import json
import zipfile
from pathlib import Path

import pytest

from geo import resources
from geo.errors import GazetteerError
from geo.gazetteer.entry import Entry, settlement_radius_m
from geo.gazetteer.index import Index, write_index
from geo.gazetteer.keys import keys_of


def town(place_id: str, name: str, **more: object) -> Entry:
    fields = {
        "kind": "settlement",
        "feature_class": "P",
        "feature_code": "PPL",
        "lon": 44.25,
        "lat": 33.5,
        "radius_m": 900,
    }
    return Entry(id=place_id, name=name, **(fields | more))  # type: ignore[arg-type]


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    entries = [
        town("geo:small", "Small", prominence=2, names=["Twin Town"], country_code="IQ"),
        town("geonames:7", "Big", prominence=5, names=["Twin Town"], admin1="geo:small"),
    ]
    assert write_index(tmp_path, entries, keys_of) == 3
    index = Index(tmp_path)
    assert index.size == 2
    assert [index.label(row) for row in index.rows("twin town")] == [("Big", "geonames:7"), ("Small", "geo:small")]
    assert (index.rows("small"), index.rows("none")) == ((1,), ())
    assert index.extends("twin")
    assert not index.extends("twin town")
    assert (index.row_of("geo:small"), index.row_of("geonames:7"), index.row_of("geonames:8")) == (1, 0, None)
    assert int(index.columns["admin1"][0]) == 1


def test_arabic_names_are_found_with_and_without_their_articles() -> None:
    keys = keys_of(town("geo:x", "Ar Ramādī", country_code="IQ")).keys()
    assert {"ar ramadi", "al ramadi", "ramadi"} <= keys
    assert keys_of(town("geo:x", "Al Paso", country_code="MX")).keys() == {"al paso"}


def test_a_place_comes_behind_well_known_places_that_bear_the_name_first_of_all(tmp_path: Path) -> None:
    entries = [
        town("geo:hong-kong", "Hong Kong", prominence=6.5, names=["Victoria", "Fragrant Harbour"]),
        town("geo:victoria", "Victoria", prominence=5.5),
        town("geo:hamlet", "Fragrant Harbour", prominence=3),
    ]
    write_index(tmp_path, entries, keys_of)
    index = Index(tmp_path)
    assert [index.label(row)[0] for row in index.rows("victoria")] == ["Victoria", "Hong Kong"]
    assert [index.label(row)[0] for row in index.rows("fragrant harbour")] == ["Hong Kong", "Fragrant Harbour"]


def test_a_folder_without_an_index_is_said(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match="no gazetteer index there"):
        Index(tmp_path)


def test_an_index_of_another_version_is_said(tmp_path: Path) -> None:
    write_index(tmp_path, [town("geo:x", "X town")], keys_of)
    lists = json.loads((tmp_path / "lists.json").read_text())
    (tmp_path / "lists.json").write_text(json.dumps(lists | {"version": 0}))
    with pytest.raises(GazetteerError, match="version 0"):
        Index(tmp_path)


@pytest.mark.parametrize(("people", "km"), [(500, 0.7), (10_000, 2), (1_000_000, 10), (7_000_000, 20)])
def test_the_reach_of_a_town_grows_with_its_people(people: int, km: float) -> None:
    assert settlement_radius_m(people) == pytest.approx(km * 1000, rel=0.05)


def test_the_index_is_small_enough_for_a_wheel(tmp_path: Path) -> None:
    packed = tmp_path / "index.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for path in resources.built_path("gazetteer").iterdir():
            archive.write(path, path.name)
    assert packed.stat().st_size < 25e6
