"""Where incidents happened: the place named for them, not where somebody spoke, came from, or is called after."""

from datetime import date

import pytest
from pyproj import Geod

from geo.extraction import extract_report
from geo.extraction.annotations import annotate
from geo.extraction.pipeline import assemble, draft_incidents
from geo.incident import Incident
from geo.report import Report

WGS84 = Geod(ellps="WGS84")


def first(text: str) -> Incident:
    """The first incident of a report, however sure it is that it is one."""
    return assemble(draft_incidents(annotate(Report(id="r", text=text, published=date(2021, 6, 15))))[0])


@pytest.mark.parametrize(
    ("text", "country_code", "name"),
    [
        ("Two American missionaries were shot dead by gunmen in Cochabamba, Bolivia, on Monday.", "BO", "Cochabamba"),
        ("The French foreign minister condemned the bombing of a mosque in Peshawar on Monday.", "PK", "Peshawar"),
        (
            "GENEVA, June 14 (Reuters) - Gunmen killed six farmers near Maiduguri in Nigeria on Monday, the UN said.",
            "NG",
            "Maiduguri",
        ),
        (
            "The rebels kidnapped three nurses in Goma on Monday. The army said in Kinshasa that it would free them.",
            "CD",
            "Goma",
        ),
    ],
)
def test_an_incident_is_where_it_is_said_to_have_happened(text: str, country_code: str, name: str) -> None:
    found = first(text)
    assert (found.country_code, found.place_name) == (country_code, name)


def test_a_town_of_the_sentence_before_is_the_place_when_the_incident_names_none() -> None:
    found = first("Rebels entered Goma at dawn on Monday. They shot dead four policemen and burnt a bank.")
    assert found.place_name == "Goma"


def test_what_has_a_province_alone_lies_where_its_people_are() -> None:
    found = first("Soldiers shot dead four villagers in Sagaing region, Myanmar, on Monday.")
    assert found.geo_precision == "admin"
    assert found.lon is not None
    assert found.lat is not None
    assert found.uncertainty_m is not None
    monywa = WGS84.inv(found.lon, found.lat, 95.13, 22.11)[2]  # its largest city, in the crowded south
    hkamti = WGS84.inv(found.lon, found.lat, 95.69, 26.0)[2]  # its empty north
    assert monywa < hkamti
    assert monywa < found.uncertainty_m


def test_the_dam_is_the_one_named_before() -> None:
    text = "Jets carried out strikes near the Mosul dam last week. Kurdish forces, backed by U.S. jets, recaptured the dam on Monday."
    found = extract_report(Report(id="r", text=text, published=date(2014, 8, 20)), least=0.0)
    assert "United States" not in [one.place_name for one in found]


def test_what_was_struck_shows_where() -> None:
    text = (
        "ANKARA - Turkish warplanes hit 18 targets of the Kurdistan Workers' Party (PKK) in northern Iraq on Monday, the "
        "military said in Ankara."
    )
    (found,) = extract_report(Report(id="r", text=text, published=date(2016, 3, 14)), least=0.0)
    assert found.country_code == "IQ"
