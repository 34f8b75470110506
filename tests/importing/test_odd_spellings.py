"""Coordinates and codes as people's programs spell them, cell by cell."""

from pathlib import Path

import pytest

import geo
from geo.errors import InputError


def placed(tmp_path: Path, *lines: str) -> list[tuple[float, float]]:
    path = tmp_path / "table.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    layer = geo.read_layer(path)
    return [(round(point.y, 3), round(point.x, 3)) for point in layer.geometry]


@pytest.mark.parametrize(
    ("lat", "lon"),
    [
        ("33°18'47\"\" N", "44°21'41\"\" E"), ("33º18’47”N", "44º21’41”E"), ("N33 18 47", "E44 21 41"), ("331847N", "0442141E"),
        ("33°18′47″ North", "44°21′41″ East"), ("33 deg 18 min 47 sec N", "44 deg 21 min 41 sec E"), ("33d18m47sN", "44d21m41sE"),
        ("33°18'47\"\" Norte", "44°21'41\"\" Este"), ("33°18'47\"\" Nord", "44°21'41\"\" Est"), ("33 18.783N", "44 21.683E"),
    ],
)  # fmt: skip
def test_degrees_in_letters_and_words(lat: str, lon: str, tmp_path: Path) -> None:
    assert placed(tmp_path, "id,lat,lon", f'1,"{lat}","{lon}"') == [(33.313, 44.361)]


@pytest.mark.parametrize(
    ("header", "cells", "lon"),
    [
        ("latitud;longitud", "4°35'56\"N;74°04'51\"O", -74.081),
        ("latitude;longitude", "4°35'56\"N;74°04'51\" Ouest", -74.081),
        ("Breite;Länge", "4°35'56\"N;74°04'51\"O", 74.081),
        ("Breite;Länge", "4°35'56\"N;74°04'51\" Ost", 74.081),
    ],
)
def test_o_is_west_or_east_by_the_language_of_the_header(header: str, cells: str, lon: float, tmp_path: Path) -> None:
    assert placed(tmp_path, f"id;{header}", f"1;{cells}") == [(4.599, lon)]


def test_a_word_beside_it_says_what_o_is(tmp_path: Path) -> None:
    rows = ("1;12°21'58\"N;1°31'05\"O", "2;12°21'58\"N;1°31'05\" Ouest", "3;12°21'58\"N;1°31'05\"O")
    assert placed(tmp_path, "id;latitude;longitude", *rows) == [(12.366, -1.518)] * 3


def test_o_that_nothing_explains_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="O may be west or east"):
        placed(tmp_path, "id;latitude;longitude", "1;12°21'58\"N;1°31'05\"O")


@pytest.mark.parametrize(
    "cell",
    [
        "33.313, 44.361", "(33.313, 44.361)", "33.313 44.361", "33.313/44.361", "Lat: 33.313, Lon: 44.361", "geo:33.313,44.361",
        "https://www.google.com/maps/@33.313,44.361,15z", "https://maps.google.com/?q=33.313,44.361", "POINT(44.361 33.313)",
        "33.313°N 44.361°E", "N33.313 E44.361",
    ],
)  # fmt: skip
def test_both_in_one_cell(cell: str, tmp_path: Path) -> None:
    assert placed(tmp_path, "id,Coordinates", f'1,"{cell}"') == [(33.313, 44.361)]


def test_both_in_one_cell_in_french(tmp_path: Path) -> None:
    rows = ("1\t12°21'58\"N 1°31'05\"O", "2\t12,366 ; -1,518")
    assert placed(tmp_path, "id\tCoordonnées", *rows) == [(12.366, -1.518)] * 2


@pytest.mark.parametrize(
    "header",
    [
        "LATITUDE_WGS84,LONGITUDE_WGS84", "Lat_N,Lon_E", "latitude_of_event,longitude_of_event", "Latitude,Longtitude",
        "Lattitude,Longitude", "Latitude 1,Longitude 1", "LAT_DMS,LON_DMS", "ycoord,xcoord", "y_coord,x_coord", "Latitude,Long",
        "decimalLatitude,decimalLongitude", "geo.lat,geo.lng", "Latitude (DD),Longitude (DD)", "Широта,Долгота",
    ],
)  # fmt: skip
def test_headers_as_offices_spell_them(header: str, tmp_path: Path) -> None:
    assert placed(tmp_path, f"id,{header}", "1,33.313,44.361") == [(33.313, 44.361)]


@pytest.mark.parametrize(
    ("header", "cells", "where"),
    [
        ("UTM Zone,Easting,Northing", "38N,440000,3688000", (33.329, 44.355)),
        ("utm_zone,x,y", "38N,440000,3688000", (33.329, 44.355)),
        ("Zona,Este,Norte", "18N,603000,508000", (4.595, -74.071)),
        ("Grid reference", "38S MB 44000 88000", (33.33, 44.398)),
    ],
)
def test_grids_under_other_names(header: str, cells: str, where: tuple[float, float], tmp_path: Path) -> None:
    assert placed(tmp_path, f"id,{header}", f"1,{cells}") == [where]


def test_a_zone_that_is_no_zone_of_a_grid_leaves_degrees_alone(tmp_path: Path) -> None:
    assert placed(tmp_path, "id,zone,x,y", "1,North,44.361,33.313") == [(33.313, 44.361)]


GTD = "eventid,iyear,imonth,iday,country_txt,latitude,longitude,specificity,vicinity,attacktype1,weapsubtype1,gname,guncertain1"


def test_codes_with_a_decimal_are_codes(tmp_path: Path) -> None:
    path = tmp_path / "gtd.csv"
    path.write_text(f"{GTD}\n201401010001.0,2014,1,1,Iraq,33.3,44.4,1.0,1.0,3.0,7.0,X,1.0\n", encoding="utf-8")
    row = geo.read_layer(path).iloc[0]
    assert row["incident_id"] == "gtd:201401010001"
    assert (row["sub_event_type"], row["status"], row["geo_precision"]) == ("Grenade", "alleged", "near")


ACLED = "event_id_cnty,event_date,event_type,sub_event_type,actor1,actor2,fatalities,iso,country,latitude,longitude"


@pytest.mark.parametrize(
    ("sub_type", "actor1", "actor2", "expected"),
    [
        ("Mob violence", "Police Forces", "Rioters (Syria)", ("Riots", "Mob violence")),
        ("", "Police Forces", "Rioters (Syria)", ("Riots", None)),
        ("Protest with intervention", "Police Forces", "Rioters (Syria)", ("Protests", "Protest with intervention")),
        ("", "Protesters (Syria)", "", ("Protests", None)),
    ],
)
def test_riots_and_protests_of_old_acled(
    sub_type: str, actor1: str, actor2: str, expected: tuple[str, str | None], tmp_path: Path
) -> None:
    path = tmp_path / "acled.csv"
    row = f"SYR1,02-January-2018,Riots/Protests,{sub_type},{actor1},{actor2},0,760.0,Syria,36.2,37.1"
    path.write_text(f"{ACLED}\n{row}\n", encoding="utf-8")
    found = geo.read_layer(path).astype(object).where(lambda cells: cells.notna(), None).iloc[0]
    assert (found["event_type"], found["sub_event_type"]) == expected
    assert found["country_code"] == "SY"
