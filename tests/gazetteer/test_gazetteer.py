import numpy as np
import pytest

from geo.gazetteer import Gazetteer, normalise, open_gazetteer
from geo.gazetteer.gazetteer import embedded_gazetteer


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return embedded_gazetteer()


@pytest.mark.parametrize(
    "name",
    ["Albu Kamal", "Abu Kamal", "Al-Bukamal", "البوكمال", "ALBU KAMAL", "Ālbū Kamāl", "al-Boukamal", "Bukamal"],
)
def test_every_spelling_of_albu_kamal_arrives(gazetteer: Gazetteer, name: str) -> None:
    assert gazetteer.find(name)[0].id == "geonames:174448"


@pytest.mark.parametrize(
    "name",
    ["al-Asad", "Al Asad", "Ayn al-Assad", "Ain al-Asad", "Ain Al Asad Air Base", "al-Asad airbase", "عين الأسد"],
)
def test_every_spelling_of_the_al_asad_base_arrives(gazetteer: Gazetteer, name: str) -> None:
    assert gazetteer.find(name)[0].id == "icao:ORAA"


# name, kind, country code, latitude, longitude, within km
KNOWN = [
    ("Baghdad", "settlement", "IQ", 33.3, 44.4, 15),
    ("Camp Taji", "site", "IQ", 33.52, 44.26, 5),
    ("K-1", "site", "IQ", 35.5, 44.27, 15),
    ("Incirlik", "site", "TR", 37.0, 35.43, 5),
    ("Hmeimim", "site", "SY", 35.4, 35.95, 5),
    ("Anbar", "admin", "IQ", 33.0, 42.0, 100),
    ("US Embassy in Baghdad", "site", "IQ", 33.3, 44.4, 5),
    ("Zaatari", "settlement", "JO", 32.29, 36.32, 5),
    ("Baghdad International Airport", "site", "IQ", 33.26, 44.23, 3),
    ("Iraqi Kurdistan", "admin", "IQ", 36.2, 44.4, 80),
    ("Gaza Strip", "region", "PS", 31.4, 34.4, 20),
    ("Donbas", "region", "UA", 48.3, 38.3, 80),
    ("U.S.", "country", "US", 39.8, -98.5, 100),
    ("UK", "country", "GB", 54.5, -2.5, 100),
    ("DRC", "country", "CD", -2.5, 23.5, 150),
    ("Burma", "country", "MM", 21, 96, 100),
    ("Soviet Union", "country", "RU", 60, 95, 500),
    ("Leningrad", "settlement", "RU", 59.9, 30.3, 20),
    ("Saigon", "settlement", "VN", 10.8, 106.7, 20),
    ("Bombay", "settlement", "IN", 19.07, 72.9, 20),
    ("Scotland", "admin", "GB", 56.5, -4, 120),
    ("Texas", "admin", "US", 31.3, -99.3, 50),
    ("Tex.", "admin", "US", 31.3, -99.3, 50),
    ("Euphrates", "region", "", 35, 40.5, 100),
    ("Middle East", "region", "", 31, 39, 500),
    ("Washington", "settlement", "US", 38.9, -77, 20),
    ("Donetsk", "settlement", "UA", 48.0, 37.8, 20),
    ("New York", "settlement", "US", 40.7, -74.0, 20),
    ("Geneva", "settlement", "CH", 46.2, 6.15, 10),
    ("New Delhi", "settlement", "IN", 28.6, 77.2, 10),
    ("Shabwa", "admin", "YE", 15, 47, 120),
    ("Kiev", "settlement", "UA", 50.45, 30.5, 20),
    ("Deir al-Zour", "settlement", "SY", 35.33, 40.14, 10),
    ("northern Iraq", "region", "IQ", 36.2, 43.6, 60),
    ("Ирак", "country", "IQ", 33, 44, 50),
    ("巴格达", "settlement", "IQ", 33.3, 44.4, 15),
]


@pytest.mark.parametrize(("name", "kind", "code", "lat", "lon", "km"), KNOWN, ids=[row[0] for row in KNOWN])
def test_a_name_of_the_news_is_first_of_all_this_place(  # noqa: PLR0917 - a table's columns
    gazetteer: Gazetteer, name: str, kind: str, code: str, lat: float, lon: float, km: float
) -> None:
    place = gazetteer.find(name)[0]
    assert (place.kind, place.country_code) == (kind, code)
    east = (place.lon - lon) * 111 * np.cos(np.radians(lat))
    assert np.hypot(east, (place.lat - lat) * 111) <= km


def test_a_base_and_its_airfield_are_one_place(gazetteer: Gazetteer) -> None:
    assert gazetteer.find("Al Taji Army Air Field")[0].id == gazetteer.find("Camp Taji")[0].id == "geo:camp-taji"
    assert gazetteer.by_id("icao:ORTI") is None


def test_no_id_is_given_twice(gazetteer: Gazetteer) -> None:
    ids = [gazetteer.place_id(row) for row in range(len(gazetteer.lon))]
    assert len(set(ids)) == len(ids)


def test_every_place_has_a_point_on_earth_and_a_reach(gazetteer: Gazetteer) -> None:
    assert np.all(np.abs(gazetteer.lat) <= 90)
    assert np.all(np.abs(gazetteer.lon) <= 180)
    assert np.all(gazetteer.radius_m > 0)


def test_every_country_has_a_name_and_is_found_by_it(gazetteer: Gazetteer) -> None:
    for code in ("IQ", "SY", "US", "GB", "PS", "XK", "TW", "SS"):
        country = gazetteer.country(code)
        assert gazetteer.find(country.name)[0] == country
    with pytest.raises(KeyError):
        gazetteer.country("ZZ")


def test_what_nobody_calls_a_place_is_an_empty_answer(gazetteer: Gazetteer) -> None:
    assert gazetteer.find("Zxqvbn") == []
    assert gazetteer.find("") == []


def test_the_best_known_place_comes_first(gazetteer: Gazetteer) -> None:
    rows = gazetteer.rows(normalise("Paris"))
    assert gazetteer.place(rows[0]).country_code == "FR"


def test_an_article_may_be_left_out_or_added(gazetteer: Gazetteer) -> None:
    assert gazetteer.find("the Netherlands")[0].country_code == "NL"
    assert gazetteer.find("Hague")[0].id == gazetteer.find("The Hague")[0].id
    assert gazetteer.find("al-Fallujah")[0].id == gazetteer.find("Fallujah")[0].id


def test_a_key_says_whether_longer_names_go_on(gazetteer: Gazetteer) -> None:
    assert gazetteer.extends("new")
    assert not gazetteer.extends("zxqvbn")


def test_a_place_knows_its_division(gazetteer: Gazetteer) -> None:
    fallujah = gazetteer.find("Fallujah")[0]
    division = gazetteer.admin1_of(fallujah)
    assert division is not None
    assert (fallujah.admin1, division.name, division.feature_code) == ("Anbar", "Anbar", "ADM1")
    assert gazetteer.find("Camp Taji")[0].admin1 == "Baghdad"
    assert gazetteer.admin1_of(gazetteer.country("IQ")) is None


@pytest.mark.parametrize(
    ("whole", "direction", "inside"),
    [
        ("Iraq", "northern", "Mosul"),
        ("Iraq", "southern", "Basra"),
        ("Mali", "north", "Kidal"),
        ("Ukraine", "eastern", "Donetsk"),
        ("Nigeria", "north-eastern", "Maiduguri"),
        ("Colombia", "SW", "Cali"),
        ("Syria", "central", "Homs"),
        ("Anbar", "western", "Rutba"),
        ("Texas", "southern", "Laredo"),
    ],
)
def test_a_part_of_a_country_holds_the_towns_that_lie_there(
    gazetteer: Gazetteer, whole: str, direction: str, inside: str
) -> None:
    area, town = gazetteer.find(whole)[0], gazetteer.find(inside)[0]
    part = gazetteer.part_of(area, direction)
    east = (part.lon - town.lon) * 111 * np.cos(np.radians(town.lat))
    assert np.hypot(east, (part.lat - town.lat) * 111) * 1000 <= part.radius_m
    assert part.radius_m < area.radius_m * 1.2
    assert part.kind == "region"
    assert part.name == f"{direction} {area.name}"


def test_what_is_no_direction_is_refused(gazetteer: Gazetteer) -> None:
    with pytest.raises(ValueError, match="not a direction"):
        gazetteer.part_of(gazetteer.country("IQ"), "rebellious")


def test_common_words_are_known_as_such(gazetteer: Gazetteer) -> None:
    assert gazetteer.zipf("the") > gazetteer.zipf("reading") > gazetteer.zipf("Mosul") > 1
    assert gazetteer.zipf("zxqvbn") == 0


def test_the_gazetteer_is_opened_once() -> None:
    assert open_gazetteer() is open_gazetteer()


@pytest.mark.parametrize(
    ("name", "country", "division", "lat"),
    [("Bamba", "ML", "Gao", 17.0), ("Sulęcin", "PL", "Lubuskie", 52.4), ("Kitovo", "RU", "Ivanovo", 56.9)],
)
def test_a_town_lies_in_the_division_that_its_point_lies_in(name: str, country: str, division: str, lat: float) -> None:
    [town] = [one for one in open_gazetteer().find(name) if one.country_code == country and one.kind == "settlement"][
        :1
    ]
    assert town.admin1 == division
    assert town.lat == pytest.approx(lat, abs=0.1)
