import os
import subprocess
import sys
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from geo.errors import GazetteerError
from geo.gazetteer import add_file, find_places, list_added, open_gazetteer, remove, user

pytestmark = pytest.mark.usefixtures("own_folder")


def dump_line(number: int, name: str, lat: float, lon: float, **more: str) -> str:
    cells = [str(number), name, name, more.get("names", ""), str(lat), str(lon)]
    cells += [more.get("letter", "P"), more.get("code", "PPL"), more.get("country", "IQ"), ""]
    cells += [
        more.get("admin1", "01"),
        more.get("admin2", ""),
        "",
        "",
        more.get("people", "0"),
        "",
        "10",
        "Asia/Baghdad",
        "",
    ]
    return "\t".join(cells)


def test_a_real_dump_is_added_found_listed_and_taken_out(shared: Path) -> None:
    assert open_gazetteer().find("Drijberse Veld") == []
    added = add_file(shared / "geonames" / "NL.txt")
    assert (added.name, added.places) == ("NL", 22_852)
    assert list_added() == [added]
    place = open_gazetteer().find("Drijberse Veld")[0]
    assert (place.id, place.feature_code, place.country_code, place.admin2) == (
        "geonames:2743465", "LCTY", "NL", "Gemeente Midden-Drenthe",
    )  # fmt: skip
    assert [p.id for p in open_gazetteer().find("Utrecht")].count("geonames:2745912") == 1
    remove("NL")
    assert list_added() == []
    assert open_gazetteer().find("Drijberse Veld") == []


def test_a_dump_gives_places_their_divisions_and_newer_facts(tmp_path: Path) -> None:
    path = tmp_path / "IQ.txt"
    lines = [
        dump_line(99592, "Anbar Governorate", 33, 42, letter="A", code="ADM1", people="1600000"),
        dump_line(1, "Tell Nowhere", 33.5, 42.5, names="Nirgends,Nulle Part"),
        dump_line(98182, "Baghdad", 33.34, 44.4, code="PPLC", people="8000000", admin1="07"),
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert add_file(path).places == 3
    nowhere = open_gazetteer().find("Nulle Part")[0]
    assert (nowhere.name, nowhere.admin1, nowhere.country) == ("Tell Nowhere", "Anbar Governorate", "Iraq")
    assert open_gazetteer().find("Baghdad")[0].population == 8_000_000
    assert open_gazetteer().find("Bagdad")[0].id == "geonames:98182"


def test_geonames_zips_are_read_as_they_come(tmp_path: Path) -> None:
    path = tmp_path / "XX.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "nothing")
        archive.writestr("XX.txt", dump_line(5, "Zipville", 1, 2) + "\n")
    assert add_file(path).places == 1
    assert open_gazetteer().find("Zipville")[0].id == "geonames:5"


def test_alternate_names_are_added_to_places_that_are_known(tmp_path: Path) -> None:
    path = tmp_path / "alternateNamesV2.txt"
    rows = [
        "1\t98182\tde\tFriedensstadt am Tigris\t\t\t\t\t\t",
        "2\t98182\tlink\thttps://example.org/Baghdad\t\t\t\t\t\t",
        "3\t999999999\ten\tUnknown Town\t\t\t\t\t\t",
    ]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    add_file(path)
    assert open_gazetteer().find("Friedensstadt am Tigris")[0].id == "geonames:98182"
    assert open_gazetteer().find("Baghdad")[0].country == "Iraq"
    assert open_gazetteer().find("Unknown Town") == []


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_of_ones_own_is_added(tmp_path: Path, delimiter: str) -> None:
    path = tmp_path / "mine.csv"
    rows = [
        ["Name", "Latitude", "Longitude", "Kind", "Country", "Aliases", "radius_m"],
        ["Checkpoint Blue", "33.1", "44.2", "site", "Iraq", "Blue Gate|Blue", "250"],
        ["Old Mill", "33.2", "44.3", "", "iq", "", ""],
    ]
    path.write_text("\ufeff" + "\n".join(delimiter.join(row) for row in rows) + "\n", encoding="utf-8")
    assert str(add_file(path)) == "mine: 2 places with 4 names from mine.csv"
    place = open_gazetteer().find("blue gate")[0]
    assert (place.id, place.country_code, place.radius_m, place.source) == (
        "user:mine-checkpoint-blue",
        "IQ",
        250,
        "mine.csv",
    )
    assert open_gazetteer().find("Old Mill")[0].kind == "site"


def test_adding_a_file_again_replaces_it(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("name,lat,lon\nFirst Post,1,2\n", encoding="utf-8")
    add_file(path)
    path.write_text("name,lat,lon\nSecond Post,1,2\n", encoding="utf-8")
    add_file(path)
    assert len(list_added()) == 1
    assert open_gazetteer().find("First Post") == []
    assert open_gazetteer().find("Second Post")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no umask")
@pytest.mark.parametrize(("umask", "mode"), [(0o077, 0o700), (0o022, 0o755)])
def test_an_added_gazetteer_is_open_to_those_whom_the_umask_lets_in(
    tmp_path: Path, own_folder: Path, umask: int, mode: int
) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("name,lat,lon\nFirst Post,1,2\n", encoding="utf-8")
    before = os.umask(umask)
    try:
        add_file(path)
    finally:
        os.umask(before)
    (added,) = own_folder.iterdir()
    assert added.stat().st_mode & 0o777 == mode
    assert [entry.name for entry in added.iterdir() if entry.name.startswith(".")] == []


BROKEN = [
    ("a.txt", dump_line(1, "Good", 1, 2) + "\n2\tshort\n", "line 2: 2 columns; expected 19"),
    ("b.txt", dump_line(1, "Good", 1, 2) + "\n" + dump_line(2, "Far", 91, 2) + "\n", "line 2: latitude 91"),
    ("c.txt", dump_line(1, "Good", 1, 2).replace("\t1\t2\t", "\tx\t2\t") + "\n", "line 1: could not convert"),
    ("l.txt", dump_line(1, "Good", 1, 2, people="9" * 400) + "\n", "line 1: a population of more than"),
    ("d.csv", "name,lat,lon\nGood,1,2\nBad,91,2\n", "line 3: lat 91"),
    ("e.csv", "name,lat,lon\nBad,one,2\n", "line 2: could not convert"),
    ("f.csv", "name,lat,lon,country\nBad,1,2,Atlantis\n", "line 2: country 'Atlantis'"),
    ("g.csv", "name,lat,lon,kind\nBad,1,2,castle\n", "line 2: kind 'castle'; expected one of site"),
    ("h.csv", "place,where\nX,Y\n", "no column name, lat, lon"),
    ("i.csv", "name,lat,lon\n", "holds no place"),
    ("j.txt", "", "no column"),
    ("k.txt", "\t".join(["1", "name", *["x"] * 15]) + "\n", "line 1: 17 columns; expected 19"),
]


@pytest.mark.parametrize(("name", "text", "message"), BROKEN, ids=[row[0] for row in BROKEN])
def test_a_broken_file_is_refused_with_its_line_and_adds_nothing(
    tmp_path: Path, own_folder: Path, name: str, text: str, message: str
) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(GazetteerError) as error:
        add_file(path)
    assert message in str(error.value)
    assert str(path) in str(error.value)
    assert list(own_folder.iterdir()) == []


def test_a_missing_file_and_a_dump_in_another_encoding_are_said(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match="cannot be read"):
        add_file(tmp_path / "none.txt")
    path = tmp_path / "latin.txt"
    path.write_bytes("name,lat,lon\nCórdoba,1,2\n".encode("latin-1"))
    with pytest.raises(GazetteerError, match="not UTF-8"):
        add_file(path)


def test_a_table_that_excel_saved_is_read_with_codes_of_three_letters(own_folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "latin.csv"
    path.write_bytes("name,lat,lon,country\nTell Châteauneuf,33.1,44.2,IRQ\n".encode("cp1252"))
    assert add_file(path).places == 1
    assert own_folder.is_dir()
    (found,) = open_gazetteer().find("Tell Châteauneuf")
    assert (found.name, found.country_code) == ("Tell Châteauneuf", "IQ")


def test_a_name_that_was_never_added_cannot_be_taken_out(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match="holds nothing"):
        remove("NL")
    with pytest.raises(GazetteerError):
        remove("../" + tmp_path.name)


@pytest.mark.slow
def test_a_big_dump_is_added_in_parts_with_bounded_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(user, "PART", 5_000)
    path = tmp_path / "allCountries.txt"
    with path.open("w", encoding="utf-8") as lines:
        for n in range(30_000):
            lines.write(dump_line(20_000_000 + n, f"Village {n}", n % 80, n % 170, names=f"Dorf {n}") + "\n")
    tracemalloc.start()
    added = add_file(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert added.places == 30_000
    assert peak < 30e6, "one part at a time"
    found = find_places(["Village 0", "Dorf 29999"])
    assert list(found["place_id"]) == ["geonames:20000000", "geonames:20029999"]


@pytest.mark.parametrize("name", ["IQ.zip", "IQ.txt"])
def test_a_file_that_never_ends_its_line_is_refused_before_it_fills_the_memory(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if path.suffix == ".zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("IQ.txt", "a" * 100_000_000)
    else:
        path.write_text("a" * 100_000_000)
    tracemalloc.start()
    with pytest.raises(GazetteerError, match="a line of more than 1,000,000 letters"):
        add_file(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20e6


def test_what_a_killed_import_left_goes_with_the_next_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GEO_GAZETTEER", str(tmp_path / "own"))
    ended = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    left = tmp_path / "own" / f".adding-{int(ended.stdout)}-x"
    busy = tmp_path / "own" / f".adding-{os.getpid()}-x"
    left.mkdir(parents=True)
    busy.mkdir()
    (tmp_path / "places.csv").write_text("name,lat,lon\nBirchwater,36.3,43.1\n")
    add_file(tmp_path / "places.csv")
    assert not left.exists()
    assert busy.exists()
