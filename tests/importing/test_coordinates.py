"""Places are found however their columns are called and however their degrees are written; what is no place is named."""

from pathlib import Path

import pytest

import geo
from geo.importing.countries import country_code

TAJI = (44.25, 33.525)


def read(path: Path, *lines: str) -> tuple[list[tuple[float, float] | None], list[str], list[str]]:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    problems: list[str] = []
    notes: list[str] = []
    frame = geo.read_layer(path, on_problem=lambda p: problems.append(str(p)), on_note=notes.append)
    points = [None if point is None else (point.x, point.y) for point in frame.geometry]
    return points, problems, notes


@pytest.mark.parametrize(
    ("lat", "lon"),
    [
        ("33.525", "44.25"),
        ("33°31'30\"N", "44°15'0\"E"),
        ("33° 31.5' N", "44° 15' E"),
        ("33-31-30N", "044-15-00E"),
        ("N33 31 30", "E44 15 00"),
        ("333130N", "0441500E"),
        ("33:31:30", "44:15:00"),
        ("33,525", "44,25"),
    ],
)
def test_degrees_are_read_as_people_write_them(tmp_path: Path, lat: str, lon: str) -> None:
    [point], problems, _ = read(tmp_path / "a.csv", "name;lat;lon", f"Taji;{lat};{lon}")
    assert not problems
    assert point == pytest.approx(TAJI, abs=1e-9)


def test_a_minus_of_typesetters_is_one(tmp_path: Path) -> None:
    [point], _, _ = read(tmp_path / "a.csv", "name,lat,lon", "Lima,−12.05,−77.04")
    assert point == (-77.04, -12.05)


@pytest.mark.parametrize("spoilt", ["33.525.000", "33.525.100", "33 525", "331.30N", "95N"])
def test_a_number_that_a_spreadsheet_spoilt_is_named_and_never_read_as_another(tmp_path: Path, spoilt: str) -> None:
    points, problems, _ = read(tmp_path / "a.csv", "name;lat;lon", f"Taji;{spoilt};44.25", "Taji;33.525;44.25")
    assert points == [TAJI]
    assert "line 2" in problems[0]


@pytest.mark.parametrize(
    "header",
    [
        "decimalLatitude;decimalLongitude",
        "Latitude (deg);Longitude (deg)",
        "Latitude [°N];Longitude [°E]",
        "lat_dd;lon_dd",
        "latitude_wgs84;longitude_wgs84",
        "where.latitude;where.longitude",
        "خط العرض;خط الطول",
        "широта;долгота",
        "Enlem;Boylam",
        "纬度;经度",
    ],
)
def test_columns_of_coordinates_are_known_by_many_names(tmp_path: Path, header: str) -> None:
    points, _, _ = read(tmp_path / "a.csv", f"name;{header}", "Taji;33.525;44.25")
    assert points == [TAJI]


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        ("coordinates", "33.525, 44.25"),
        ("coordinates", "33,525; 44,25"),
        ("coordinates", "33,525, 44,25"),
        ("lonlat", "44.25, 33.525"),
        ("WKT", "POINT(44.25 33.525)"),
        ("wkb_geometry", "0101000020E610000000000000002046403333333333C34040"),
        ("geometry", '{"type": "Point", "coordinates": [44.25, 33.525]}'),
        ("UTM", "38N 430355 3709743"),
        ("UTM", "38S 430355E 3709743N"),
    ],
)
def test_both_coordinates_may_stand_in_one_cell(tmp_path: Path, header: str, cell: str) -> None:
    quoted = cell.replace('"', '""')
    [point], problems, _ = read(tmp_path / "a.csv", f"name\t{header}", f'Taji\t"{quoted}"')
    assert not problems
    assert point == pytest.approx(TAJI, abs=2e-5)


@pytest.mark.parametrize(
    ("zone", "south"), [("38N", False), ("38 North", False), ("38", False), ("36S", True), ("36K", True)]
)
def test_easting_and_northing_need_their_zone(tmp_path: Path, zone: str, *, south: bool) -> None:
    north = 8_000_000 if south else 3_709_738
    [point], problems, _ = read(tmp_path / "a.csv", "name,Easting,Northing,Zone", f"x,430381,{north},{zone}")
    assert not problems
    assert point is not None
    assert (point[1] < 0) is south
    points, _, notes = read(tmp_path / "b.csv", "name,Easting,Northing", f"x,430381,{north}")
    assert points == [None]
    assert "no row has a place" in notes[0]


def test_a_row_in_the_sea_off_africa_has_no_place(tmp_path: Path) -> None:
    points, _, notes = read(tmp_path / "a.csv", "name,lat,lon", "x,0,0", "Taji,33.525,44.25", "y,-99,-99", "z,n/a,n/a")
    assert points == [None, TAJI, None, None]
    assert "1 row lies at 0, 0" in notes[0]


def test_o_is_west_beside_e_and_east_beside_w_and_is_asked_about_alone(tmp_path: Path) -> None:
    west, _, _ = read(tmp_path / "a.csv", "lieu;lat;lon", "x;14°06'N;1°30'O", "y;14°06'N;1°30'E")
    assert west == [(-1.5, 14.1), (1.5, 14.1)]
    east, _, _ = read(tmp_path / "b.csv", "Ort;Breite;Länge", "x;14°06'N;1°30'O", "y;14°06'N;1°30'W")
    assert east == [(1.5, 14.1), (-1.5, 14.1)]
    _, problems, _ = read(tmp_path / "c.csv", "lieu;lat;lon", "x;14°06'N;1°30'O", "y;14.1;1.5")
    assert "O may be west or east" in problems[0]


@pytest.mark.parametrize("name", ["Coordenadas", "Coordonnées GPS", "Ubicación", "group/point", "الإحداثيات"])
def test_a_column_that_holds_both_is_known_in_several_languages(tmp_path: Path, name: str) -> None:
    points, _, _ = read(tmp_path / "a.csv", f"lugar;{name}", 'Taji;"33,525; 44,25"', 'Taji;"33.525, 44.25"')
    assert points == [TAJI, TAJI]


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ("Iraq,44.25,33.525", "swapped"),
        ("COL,3.45,76.53", "minus of the longitude"),
        ("Mozambique,11.23,40.13", "minus of the latitude"),
    ],
)
def test_a_point_outside_its_country_by_a_slip_is_no_dot(tmp_path: Path, cells: str, why: str) -> None:
    header = "country,lat,lon"
    points, problems, _ = read(tmp_path / "a.csv", header, cells, "Iraq,33.525,44.25")
    assert points == [TAJI]
    assert "line 2" in problems[0]
    assert why in problems[0]


def test_a_point_in_another_country_is_drawn_and_said(tmp_path: Path) -> None:
    points, problems, notes = read(tmp_path / "a.csv", "country,lat,lon", "Venezuela,-12,-77", "Iraq,33.525,44.25")
    assert points == [(-77, -12), TAJI]
    assert not problems
    assert "1 row outside the country that they name; check (line 2)" in notes[0]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Congo", "CG"),  # as UCDP and ISO call Brazzaville's
        ("DR Congo (Zaire)", "CD"),
        ("Democratic Republic of Congo", "CD"),
        ("West Bank and Gaza Strip", "PS"),
        ("Macedonia, FYR", "MK"),
        ("Yemen (North Yemen)", "YE"),
        ("Kingdom of eSwatini (Swaziland)", "SZ"),
    ],
)
def test_countries_are_known_by_the_names_of_datasets(name: str, code: str) -> None:
    assert country_code("name", None, name) == code
