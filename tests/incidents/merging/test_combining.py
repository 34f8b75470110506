"""One row of several accounts keeps what they share and shows where they differ."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.incident import Evidence, Incident
from geo.incidents.merging.combining import combine, rewrite_links

Make = Callable[..., Incident]


def test_all_reports_and_all_evidence_are_kept(taji: Make) -> None:
    row = combine([taji("i2", "r2"), taji("i1", "r1"), taji("i3", "r3")])
    assert row.incident_id == "i1"
    assert row.report_ids == ("r1", "r2", "r3")
    assert [e.report_id for e in row.evidence] == ["r1", "r2", "r3"]


@pytest.mark.parametrize(
    ("ranges", "span"),
    [
        ([(3, 3), (3, 3)], (3, 3)),
        ([(3, 3), (5, 6)], (3, 6)),
        ([(26, None), (26, 26)], (26, None)),  # "at least 26" stays open
        ([(None, None), (4, 4)], (4, 4)),  # not said is no number
        ([(None, None), (None, None)], (None, None)),
        ([(0, 0), (110, 110)], (0, 110)),
    ],
)
def test_numbers_become_the_range_that_they_span(
    taji: Make, ranges: list[tuple[int | None, int | None]], span: tuple[int | None, int | None]
) -> None:
    row = combine([taji(f"i{n}", f"r{n}", killed_min=a, killed_max=b) for n, (a, b) in enumerate(ranges)])
    assert (row.killed_min, row.killed_max) == span


def test_a_victim_by_name_is_one_of_those_whom_others_count(taji: Make) -> None:
    one = taji("i1", "r1", killed_min=1, killed_max=1, actor2="General Qassem Soleimani")
    ten = taji("i2", "r2", killed_min=10, killed_max=10, actor2="Qassem Soleimani; Abu Mahdi al-Muhandis")
    row = combine([one, ten])
    assert (row.killed_min, row.killed_max) == (10, 10)
    row = combine([replace(one, actor2="a general"), ten])
    assert (row.killed_min, row.killed_max) == (1, 10)


def test_days_narrow_down_to_what_all_accounts_allow(taji: Make) -> None:
    week = {"date_start": date(2020, 3, 9), "date_end": date(2020, 3, 15), "date_precision": "week"}
    row = combine([taji("i1", "r1", **week), taji("i2", "r2")])
    assert (row.date_start, row.date_end, row.date_precision) == (date(2020, 3, 11), date(2020, 3, 11), "day")
    row = combine([taji("i1", "r1", **week), taji("i2", "r2", **week)])
    assert row.date_precision == "week"


def test_accounts_a_day_apart_leave_both_days_open(taji: Make) -> None:
    after = {"date_start": date(2020, 3, 12), "date_end": date(2020, 3, 12)}
    row = combine([taji("i1", "r1"), taji("i2", "r2", **after)])
    assert (row.date_start, row.date_end, row.date_precision) == (date(2020, 3, 11), date(2020, 3, 12), "range")


def test_the_finest_place_wins_with_its_uncertainty(taji: Make) -> None:
    vague = {"place_name": "Iraq", "place_id": "geonames:99237", "geo_precision": "country", "uncertainty_m": 4e5}
    row = combine(
        [
            taji("i1", "r1", **vague, lon=44.0),
            taji("i2", "r2"),
            taji("i3", "r3", lon=None, lat=None, uncertainty_m=None),
        ]
    )
    assert (row.place_name, row.geo_precision, row.uncertainty_m, row.lon) == ("Camp Taji", "site", 3000.0, 44.2567)


def test_the_actor_is_named_as_exactly_as_any_account_does(taji: Make) -> None:
    row = combine([taji("i1", "r1", actor1="gunmen"), taji("i2", "r2", actor1="Kataib Hezbollah")])
    assert (row.actor1, row.status) == ("Kataib Hezbollah", "reported")


def test_two_doers_make_it_alleged_and_both_are_named(taji: Make) -> None:
    row = combine([taji("i1", "r1", actor1="Israel"), taji("i2", "r2", actor1="United States")])
    assert row.status == "alleged"
    assert row.actor1 is not None
    assert set(row.actor1.split(" / ")) == {"Israel", "United States"}


def test_a_denial_is_kept_with_all_who_say_so(taji: Make) -> None:
    row = combine(
        [
            taji("i1", "r1", actor1="US", attribution="Syrian Observatory for Human Rights"),
            taji("i2", "r2", actor1="US", attribution="CENTCOM", status="denied"),
        ]
    )
    assert row.status == "denied"
    assert row.attribution == "CENTCOM; Syrian Observatory for Human Rights"


def test_an_alleged_doer_is_not_made_sure_by_a_report_that_names_none(taji: Make) -> None:
    row = combine([taji("i1", "r1", actor1=None), taji("i2", "r2", actor1="Iran", status="alleged")])
    assert (row.actor1, row.status) == ("Iran", "alleged")


def test_the_type_is_what_the_surest_accounts_say(taji: Make) -> None:
    row = combine(
        [
            taji("i1", "r1", sub_event_type="Attack", confidence=0.9),
            taji("i2", "r2", confidence=0.6),
            taji("i3", "r3", confidence=0.6),
        ]
    )
    assert row.sub_event_type == "Shelling/artillery/missile attack"
    assert row.event_type == "Explosions/Remote violence"


def test_links_name_merged_incidents_and_never_their_own(taji: Make) -> None:
    merged = combine([taji("i1", "r1"), taji("i2", "r2", in_response_to=("i1",))])
    answer = taji("i9", "r2", in_response_to=("i2",), date_start=date(2020, 3, 12), date_end=date(2020, 3, 12))
    first, second = rewrite_links([(answer, ["i9"]), (merged, ["i1", "i2"])])
    assert (first.incident_id, first.in_response_to) == ("i1", ())
    assert (second.incident_id, second.in_response_to) == ("i9", ("i1",))


counts = st.one_of(st.none(), st.integers(0, 500))


@settings(deadline=None)
@given(st.lists(st.tuples(counts, counts, st.dates(), st.floats(1, 1e6)), min_size=2, max_size=5), st.randoms())
def test_a_combination_depends_on_no_order_and_holds_every_number(
    ranges: list[tuple[int | None, int | None, date, float]], chance: object
) -> None:
    accounts = []
    for n, (one, other, day, radius_m) in enumerate(ranges):
        both_said = one is not None and other is not None
        low, high = sorted((one, other)) if both_said else (one, other)  # type: ignore[type-var]
        accounts.append(
            Incident(
                incident_id=f"i{n}",
                report_ids=(f"r{n}",),
                event_type="Battles",
                sub_event_type="Armed clash",
                date_start=day,
                date_end=day,
                killed_min=low,
                killed_max=high,
                lon=1.0,
                lat=1.0,
                uncertainty_m=radius_m,
                evidence=(Evidence(report_id=f"r{n}", start=0, end=1, text="x"),),
            )
        )
    row = combine(accounts)
    shuffled = list(accounts)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert combine(shuffled) == row
    assert row.date_start is not None
    assert row.date_end is not None
    assert row.date_start <= row.date_end
    assert row.uncertainty_m == min(radius_m for *_, radius_m in ranges)
    for account in accounts:
        for number in (account.killed_min, account.killed_max):
            if number is not None:
                assert row.killed_min is None or row.killed_min <= number
                assert row.killed_max is None or row.killed_max >= number


def test_a_later_higher_toll_closes_what_was_at_least(taji: Make) -> None:
    row = combine([taji("i1", "r1", killed_min=20, killed_max=None), taji("i2", "r2", killed_min=33, killed_max=33)])
    assert (row.killed_min, row.killed_max) == (20, 33)
