"""Where things are, as a report states it, with the radius that its words deserve."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from geo.geoparsing import Location, find_locations
from geo.report import Report
from geo.vocabulary import GEO_PRECISIONS
from tests.conftest import examples

GEOD = Geod(ellps="WGS84")
BAGHDAD = (44.39, 33.34)
MOSUL = (43.12, 36.34)


def locations(text: str) -> list[Location]:
    return find_locations(Report(id="r", text=text))


def only(text: str, within: str) -> Location:
    return next(location for location in locations(text) if within in location.text)


def bearing_and_km(origin: tuple[float, float], location: Location) -> tuple[float, float]:
    bearing, _, distance = GEOD.inv(*origin, location.lon, location.lat)
    return bearing % 360, distance / 1000


@given(st.text(min_size=1).filter(str.strip))
@settings(deadline=None, max_examples=examples(100))
def test_any_text_gives_locations_with_right_offsets_and_positive_radii(text: str) -> None:
    for location in locations(text):
        assert text[location.start : location.end] == location.text
        assert location.uncertainty_m > 0
        assert location.geo_precision in GEO_PRECISIONS
        assert -180 <= location.lon <= 180
        assert -90 <= location.lat <= 90


def test_a_distance_and_a_direction_are_gone_from_the_place() -> None:
    location = only("The convoy was hit 20 km south of Mosul on Tuesday.", "Mosul")
    bearing, km = bearing_and_km(MOSUL, location)
    assert location.text == "20 km south of Mosul"
    assert bearing == pytest.approx(180, abs=15)
    assert km == pytest.approx(20, abs=5)
    assert location.geo_precision == "near"


@pytest.mark.parametrize(
    ("words", "bearing", "km"),
    [
        ("12 miles (19 km) east of", 90, 19.3),
        ("about 30 kilometres to the west of", 270, 30),
        ("ten miles north-west of", 315, 16.1),
        ("50km northeast of", 45, 50),
    ],
)
def test_distances_are_read_in_many_words(words: str, bearing: float, km: float) -> None:
    text = f"The convoy was hit {words} Mosul in Iraq on Tuesday.".replace("50km", "50 km")
    read_bearing, read_km = bearing_and_km(MOSUL, only(text, "Mosul"))
    assert read_bearing == pytest.approx(bearing, abs=12)
    assert read_km == pytest.approx(km, abs=4)


def test_a_direction_without_a_distance_moves_the_point_and_widens_the_circle() -> None:
    base = only("The attack hit a military base north of Baghdad on Wednesday.", "Baghdad")
    city = only("The attack hit Baghdad on Wednesday.", "Baghdad")
    bearing, km = bearing_and_km(BAGHDAD, base)
    assert base.text == "a military base north of Baghdad"
    assert min(bearing, 360 - bearing) < 15
    assert 20 < km < 60
    assert base.uncertainty_m > city.uncertainty_m


def test_camp_taji_lies_within_what_north_of_baghdad_means() -> None:
    base = only("The attack hit a military base north of Baghdad on Wednesday.", "Baghdad")
    *_, metres = GEOD.inv(44.257, 33.525, base.lon, base.lat)
    assert metres < base.uncertainty_m


def test_a_part_of_a_country_is_a_region_on_that_side_of_it() -> None:
    north, south = (
        only("Bombs fell in northern Nigeria.", "Nigeria"),
        only("Bombs fell in the south of Nigeria.", "Nigeria"),
    )
    assert north.geo_precision == south.geo_precision == "region"
    assert north.lat > south.lat + 2
    assert north.text == "northern Nigeria"


def test_near_and_outskirts_widen_the_circle_and_stay_at_the_place() -> None:
    city = only("Shells fell on Aleppo in Syria.", "Aleppo")
    near = only("Shells fell near Aleppo in Syria.", "Aleppo")
    edge = only("Shells fell on the outskirts of Aleppo in Syria.", "Aleppo")
    assert city.geo_precision == "settlement"
    assert near.geo_precision == edge.geo_precision == "near"
    assert near.uncertainty_m > edge.uncertainty_m > city.uncertainty_m
    assert (near.lon, near.lat) == (city.lon, city.lat)


@pytest.mark.parametrize(
    "words", ["between Damascus and Homs", "the road from Damascus to Homs", "a train from Damascus to Homs"]
)
def test_between_two_places_is_midway_and_reaches_both(words: str) -> None:
    location = only(f"Rebels cut {words} in Syria.", "Homs")
    for end in ((36.29, 33.51), (36.72, 34.73)):
        *_, metres = GEOD.inv(*end, location.lon, location.lat)
        assert metres < location.uncertainty_m
    assert words in location.text
    assert location.country_code == "SY"


def test_nationalities_that_describe_a_town_are_part_of_its_location() -> None:
    found = locations("Aircraft bombed the Syrian-Iraqi border town of Albu Kamal overnight.")
    assert [location.text for location in found] == ["the Syrian-Iraqi border town of Albu Kamal"]
    assert found[0].country_code == "SY"


def test_a_place_with_what_it_lies_in_is_one_location() -> None:
    found = locations("Gunmen killed a mayor in San Luis, San Miguel Department, El Salvador, on Friday.")
    assert [location.text for location in found] == ["San Luis, San Miguel Department, El Salvador"]
    assert (found[0].country_code, found[0].admin1) == ("SV", "San Miguel")


def test_a_thing_inside_a_city_has_the_radius_of_the_city() -> None:
    hospital = only("Shells hit Zqorvahil Hospital in Mosul, Iraq.", "Zqorvahil")
    city = only("Shells hit Mosul, Iraq.", "Mosul")
    assert hospital.name == "Zqorvahil Hospital"
    assert hospital.geo_precision == "settlement"
    assert hospital.uncertainty_m >= city.uncertainty_m


@pytest.mark.parametrize(
    "text",
    [
        "BEIRUT (AP) - Shells hit Aleppo on Friday.",
        "BEIRUT, May 3 (Agency) — Shells hit Aleppo on Friday.",
        "Beirut, Lebanon -- Shells hit Aleppo on Friday.",
        "   BEIRUT, 3 MAY 90 -- [REPORT] SHELLS FELL ON ALEPPO IN SYRIA.",
    ],
)
def test_a_dateline_is_where_the_report_was_filed(text: str) -> None:
    kinds = {location.name: location.kind for location in locations(text)}
    assert kinds.pop("Beirut") == "dateline"
    assert kinds["Aleppo"] == "place"
    assert "dateline" not in kinds.values()


def test_a_dash_in_a_sentence_makes_no_dateline() -> None:
    found = locations("Shells that were fired at Aleppo - and there were many - fell on the old town of Homs.")
    assert {location.kind for location in found} == {"place"}


def test_nationalities_are_countries() -> None:
    location = only("Turkish forces fired at the camp.", "Turkish")
    assert (location.kind, location.geo_precision, location.country_code) == ("nationality", "country", "TR")


def test_a_country_named_by_its_people_is_no_place_where_things_happen() -> None:
    kinds = [(location.text, location.kind) for location in locations("US warplanes struck targets in Syria.")]
    assert kinds == [("US", "nationality"), ("Syria", "place")]


def test_the_capital_of_the_dateline_is_meant_by_this_capital() -> None:
    text = "BOGOTA, 5 Jun 89 -- [Report] A bomb went off in this capital today, the police of Colombia said."
    capital = only(text, "this capital")
    assert (capital.name, capital.kind, capital.geo_precision) == ("Bogotá", "place", "settlement")


def test_a_capital_that_is_named_is_not_found_twice() -> None:
    found = locations("Shells fell on the capital, Baghdad, and on Mosul in Iraq.")
    assert [location.name for location in found if location.country_code == "IQ"].count("Baghdad") == 1


def test_capital_punishment_is_no_place() -> None:
    assert not [
        footprint
        for footprint in locations("Iraq kept the capital punishment for murder.")
        if "capital" in footprint.text
    ]


def test_the_north_of_the_country_lies_in_its_north() -> None:
    text = "Fighting in Nigeria went on. Dozens died in the country's north, officials said."
    north, country = only(text, "north"), only(text, "Nigeria")
    assert north.text == "the country's north"
    assert north.lat > country.lat
    assert north.geo_precision == "region"


def test_a_part_may_stand_behind_its_whole() -> None:
    east, whole = (
        only("Towns in Ukraine's east were shelled.", "east"),
        only("Towns in Ukraine were shelled.", "Ukraine"),
    )
    assert east.text == "Ukraine's east"
    assert east.lon > whole.lon + 1


def test_a_distance_may_be_glued_to_its_unit() -> None:
    bearing, km = bearing_and_km(MOSUL, only("The convoy was hit 40km west of Mosul in Iraq.", "Mosul"))
    assert (bearing, km) == (pytest.approx(270, abs=12), pytest.approx(40, abs=5))


@pytest.mark.parametrize(
    ("text", "name", "admin1"),
    [
        (
            "Gunmen attacked the Zike community in the Bassa district of Plateau State, Nigeria, killing many.",
            "Zike",
            "Plateau",
        ),
        ("Rebels attacked Winona in the Barkin Ladi area of Plateau State, Nigeria, on Monday.", "Winona", "Plateau"),
        ("Gunmen raided the village of Berlin in Zamfara State, Nigeria.", "Berlin", "Zamfara"),
        ("A blast hit Casa Blanca in North Kivu province, Democratic Republic of Congo.", "Casa Blanca", "Nord-Kivu"),
    ],
)
def test_no_namesake_abroad_is_taken_where_the_sentence_says_in_what_a_place_lies(
    text: str, name: str, admin1: str
) -> None:
    found = only(text, name)
    assert (found.name, found.admin1, found.country_code) == (name, admin1, "CD" if "Congo" in text else "NG")
    assert found.geo_precision in {"admin", "settlement"}
    assert found.uncertainty_m > 5000


def test_a_division_that_follows_an_unknown_name_is_not_part_of_it() -> None:
    found = only("A bomb killed three in Tora in Ghor Province, Afghanistan.", "Tora")
    assert (found.name, found.geo_precision, found.country_code) == ("Tora", "admin", "AF")


@pytest.mark.parametrize(
    ("words", "precision"),
    [
        ("off the coast of Yemen", "country"),
        ("off Yemen", "country"),
        ("near Yemen", "country"),
        ("on the outskirts of Anbar", "admin"),
        ("off Africa", "region"),
        ("100 km south of Syria", "region"),
        ("between Anbar and Mosul", "region"),
    ],
)
def test_what_is_described_by_an_area_is_an_area_and_no_point_nearby(words: str, precision: str) -> None:
    found = only(f"The ship was hit {words} on Monday.", words)
    assert found.geo_precision == precision


def test_an_unknown_name_lies_in_the_stated_country_and_never_in_a_continent() -> None:
    found = only("A drone hit the village of Zzorka near Africa, in Kenya.", "Zzorka")
    assert found.country_code == "KE"
    text = "Africa waited. A drone hit the village of Zzorka, the radio said."
    assert "Zzorka" not in {footprint.name for footprint in locations(text)}


def test_a_distance_behind_a_known_town_only_describes_it() -> None:
    found = locations(
        "In the town of Kutum, located about 120 km (75 miles) north-west of El Fasher in Sudan, ten died."
    )
    assert [(footprint.name, footprint.geo_precision) for footprint in found] == [("Kutum", "settlement")]


def test_an_unknown_name_is_not_in_a_country_that_the_report_has_left() -> None:
    text = (
        "The army said it had killed a rebel leader near Menaka, in Mali. More than a thousand people have fled their homes "
        "in Burkina Faso. In June, gunmen killed ten soldiers in Qarmisola."
    )
    (found,) = [one for one in locations(text) if one.name == "Qarmisola"]
    assert (found.country_code, found.geo_precision) == ("BF", "country")


def test_a_distance_behind_an_unknown_village_places_it() -> None:
    found = only("In the village of Zzorka, about 40 km north of El Fasher in Sudan, ten were killed.", "Zzorka")
    bearing, km = bearing_and_km((25.35, 13.63), found)
    assert (found.name, found.geo_precision, found.admin1) == ("Zzorka", "near", "North Darfur")
    assert min(bearing, 360 - bearing) < 10
    assert km == pytest.approx(40, abs=4)


def test_a_division_is_no_finer_than_a_distance_behind_it() -> None:
    assert only("Ten died in Nineveh, 20 km north of Mosul.", "Mosul").geo_precision == "near"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Gunmen attacked a convoy about 40 km north of El Fasher in Sudan.", "40 km north of El Fasher"),
        ("THE GUNMEN ATTACKED A CONVOY 20 KM NORTH OF SAN SALVADOR ON MONDAY.", "20 km north of San Salvador"),
        ("The attack hit a military base north of Baghdad on Wednesday.", "north of Baghdad"),
        ("The attack hit a military base near Baghdad on Wednesday.", "Baghdad"),
    ],
)
def test_what_lies_away_from_a_place_does_not_bear_its_name(text: str, name: str) -> None:
    assert name in {location.name for location in locations(text)}


def test_a_site_that_is_known_for_sure_keeps_a_radius_near_its_own() -> None:
    hospital = only("Rockets hit Okhmatdyt hospital in Kyiv on Monday.", "Okhmatdyt")
    assert hospital.geo_precision == "site"
    assert hospital.uncertainty_m < 2000


def test_a_people_named_behind_a_place_does_not_own_it() -> None:
    found = locations("In Kherson oblast, Russian forces shelled a school.")
    assert [(footprint.name, footprint.country_code) for footprint in found if footprint.kind == "place"] == [
        ("Kherson", "UA")
    ]


def test_a_health_centre_is_not_in_a_division_called_centre() -> None:
    assert not [footprint for footprint in locations("Fighters attacked a Health Centre.") if footprint.country_code]


@pytest.mark.parametrize(
    ("text", "name", "precision", "country"),
    [
        ("Shells killed two people in Derna on Monday.", "Derna", "settlement", "LY"),
        ("Shells killed two people in Palmyra on Tuesday, a doctor said.", "Palmyra", "settlement", "SY"),
        ("Fighters entered Qala-i-Naw at dawn.", "Qala", "settlement", "AF"),
        ("A march in Chalon-sur-Saône drew hundreds.", "Chalon-sur-Saône", "settlement", "FR"),
        ("Militants burned a bus in Egypt's Sinai on Friday.", "Sinai", "region", "EG"),
        ("Shells fell on Ukraine's Donbas.", "Donbas", "region", "UA"),
        ("Shelling in Bakhmut on Friday killed a nurse, Russia said.", "Bakhmut", "settlement", "UA"),
        ("Shells killed two people in Mykolaiv on Monday.", "Mykolaiv", "settlement", "UA"),
        ("Shells killed two people in Basra on Monday.", "Basra", "settlement", "IQ"),
        ("The Basra province council met.", "Basra", "admin", "IQ"),
        ("Two clerks were shot in Bangor, ME, on Friday.", "Bangor", "settlement", "US"),
        ("Two clerks were shot in Gary, IN.", "Gary", "settlement", "US"),
    ],
)
def test_a_place_is_the_one_that_its_words_mean(text: str, name: str, precision: str, country: str) -> None:
    location = only(text, name)
    assert (location.geo_precision, location.country_code) == (precision, country)


def test_georgia_is_a_state_behind_its_town_and_a_country_elsewhere() -> None:
    text = "Envoys of Georgia met in Tbilisi and flew on to Atlanta, Georgia."
    assert [one.country_code for one in locations(text)] == ["GE", "GE", "US"]


@pytest.mark.parametrize("name", ["Chad Wilson", "Kenya Moore", "Jordan Jackson"])
def test_a_person_called_like_a_country_is_no_place(name: str) -> None:
    assert locations(f"{name} was shot on Friday.") == []


def test_an_unknown_village_lies_in_the_area_around_it_and_not_at_the_dateline() -> None:
    village = only("PORT SUDAN - Planes bombed a clinic near Tamlouq on Friday.", "Tamlouq")
    assert (village.geo_precision, village.country_code, village.name) == ("country", "SD", "Tamlouq")
    village = only("PORT SUDAN - Planes bombed a clinic near Tamlouq in Gezira state.", "Tamlouq")
    assert (village.geo_precision, village.admin1) == ("admin", "Gezira")


def test_what_another_language_calls_a_city_is_no_village_of_that_name() -> None:
    text = (
        "JOS, Nigeria - Gunmen attacked three villages in Plateau state. The attackers came to Kwakas and Rim in the Riyom "
        "and Jos East districts of Nigeria."
    )
    assert {one.country_code for one in locations(text)} == {"NG"}


def test_washington_is_the_capital_even_beside_states() -> None:
    found = {one.text: one for one in locations("Protesters marched in Washington, Oregon and Iowa on Monday.")}
    assert found["Washington"].geo_precision == "settlement"
    assert only("A bomb exploded in Spokane, Washington, on Monday.", "Washington").geo_precision == "settlement"
