"""Two reviewers: the later file counts, disagreements are listed with both, agreement is measured."""

from collections.abc import Callable
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import SchemaError
from geo.incident import Evidence, Incident
from geo.incidents import apply_review, to_frame
from geo.incidents.review import Review, apply_reviews
from geo.incidents.review.agreement import agreement, kappa, status_of

Make = Callable[..., Incident]


@pytest.fixture
def machine(taji: Make) -> gpd.GeoDataFrame:
    rows = []
    sentences = (
        "Rockets hit the base outside the town of Taji.",
        "Mortars fell on the market by the river at noon.",
        "Gunmen shot at a patrol near the old northern bridge.",
        "A bomb went off under the car of a judge.",
    )
    for n, sentence in enumerate(sentences):
        span = Evidence(report_id="r1", start=100 * n, end=100 * n + len(sentence), text=sentence)
        rows.append(taji(f"i{n}", "r1", evidence=(span,)))
    return to_frame(rows)


def decisions(machine: gpd.GeoDataFrame, verdicts: dict[str, str], by: str, **cells: Any) -> gpd.GeoDataFrame:
    """Rows as the page saves them: those with a verdict alone."""
    rows = machine[machine["incident_id"].isin(list(verdicts))].reset_index(drop=True)
    for name, cell in cells.items():
        rows[name] = pd.Series([cell] * len(rows), dtype=rows[name].dtype)
    said = rows["incident_id"].map(verdicts)
    fields = [", ".join(cells) if verdict == "changed" else None for verdict in said]
    return rows.assign(
        reviewed=said, reviewed_fields=fields, reviewed_by=by, reviewed_at="2026-03-14T09:30:00Z", note=None
    )


def test_a_list_of_decisions_says_nothing_of_other_incidents(machine: gpd.GeoDataFrame) -> None:
    result = apply_review(machine, decisions(machine, {"i1": "confirmed"}, "Ada"))
    assert result["incident_id"].tolist() == ["i0", "i1", "i2", "i3"]
    assert result["reviewed"].fillna("").tolist() == ["", "confirmed", "", ""]
    assert result["reviewed_by"].fillna("").tolist() == ["", "Ada", "", ""]


def test_a_rejected_incident_never_comes_back_by_itself(machine: gpd.GeoDataFrame) -> None:
    first = apply_reviews(machine, [Review(decisions(machine, {"i2": "rejected"}, "Ada"))])
    assert first.drawn()["incident_id"].tolist() == ["i0", "i1", "i3"]
    assert first.incidents["incident_id"].tolist() == ["i0", "i1", "i2", "i3"]
    remembered = first.drawn().attrs["dropped"]
    assert [(entry["incident_id"], entry["row"]["reviewed_by"]) for entry in remembered] == [("i2", "Ada")]


def test_what_was_confirmed_stays_and_what_the_reports_now_say_is_named(machine: gpd.GeoDataFrame) -> None:
    better = machine.assign(killed_max=pd.Series([5] * 4, dtype="Int64"))
    done = apply_reviews(better, [Review(decisions(machine, {"i0": "confirmed"}, "Ada"))])
    assert done.incidents["killed_max"].tolist() == [3, 5, 5, 5]
    assert done.reread.to_dict("records") == [{"incident_id": "i0", "column": "killed_max", "now": 5}]


def test_the_later_of_two_reviewers_counts_and_both_are_named(machine: gpd.GeoDataFrame) -> None:
    ada = decisions(machine, {"i0": "changed", "i1": "confirmed", "i2": "confirmed"}, "Ada", killed_max=8)
    ben = decisions(machine, {"i0": "changed", "i1": "confirmed", "i2": "rejected"}, "Ben", killed_max=9)
    ada.loc[1, "killed_max"] = ben.loc[1, "killed_max"] = 3
    done = apply_reviews(machine, [Review(ada, name="ada.geojson"), Review(ben, name="ben.geojson")])
    rows = {(d.incident_id, d.column): (d.earlier_value, d.later_value) for d in done.disagreements}
    assert rows == {("i0", "killed_max"): (8, 9), ("i2", "reviewed"): ("confirmed", "rejected")}
    assert "8 (Ada, ada.geojson), 9 (Ben, ben.geojson)" in str(done.disagreements[1])
    drawn = done.drawn().set_index("incident_id")
    assert drawn.loc["i0", "killed_max"] == 9
    assert "i2" not in drawn.index
    assert drawn.loc["i1", "reviewed_by"] == "Ada, Ben"


def test_two_reviewers_may_each_correct_another_cell(machine: gpd.GeoDataFrame) -> None:
    ada = decisions(machine, {"i0": "changed"}, "Ada", killed_max=8)
    ben = decisions(machine, {"i0": "changed"}, "Ben", weapon="mortar")
    done = apply_reviews(machine, [Review(ada), Review(ben)])
    assert not done.disagreements
    row = done.drawn().iloc[0]
    assert (row["killed_max"], row["weapon"]) == (8, "mortar")
    assert row["reviewed_fields"] == "killed_max, weapon"


def test_a_merged_incident_gives_its_sentences_and_is_gone(machine: gpd.GeoDataFrame) -> None:
    layer = decisions(machine, {"i0": "merged", "i1": "merged"}, "Ada")
    layer["merged_into"] = [None, "i0"]
    drawn = apply_review(machine, layer)
    assert drawn["incident_id"].tolist() == ["i0", "i2", "i3"]
    assert [span["start"] for span in drawn["evidence"].iloc[0]] == [0, 100]


def test_a_corrected_sentence_is_known_again_by_its_words(machine: gpd.GeoDataFrame) -> None:
    renamed = machine.copy()
    renamed["incident_id"] = ["k0", "k1", "k2", "k3"]
    renamed["evidence"] = [
        [
            {**span, "start": span["start"] + 7, "text": span["text"].replace("near the old", "near the broken")}
            for span in spans
        ]
        for spans in renamed["evidence"]
    ]
    done = apply_reviews(renamed, [Review(decisions(machine, {"i2": "rejected"}, "Ada"))])
    assert done.drawn()["incident_id"].tolist() == ["k0", "k1", "k3"]
    assert done.unfound == ()


def test_a_decided_incident_that_the_reports_lack_is_kept_and_named(machine: gpd.GeoDataFrame) -> None:
    layer = decisions(machine, {"i3": "confirmed", "i2": "rejected"}, "Ada")
    done = apply_reviews(machine.iloc[:2], [Review(layer)])
    assert done.drawn()["incident_id"].tolist() == ["i0", "i1", "i3"]
    assert done.unfound == ("i3",)


def test_an_unknown_verdict_is_named_with_its_row(machine: gpd.GeoDataFrame) -> None:
    with pytest.raises(SchemaError, match="row 1: found 'maybe'; expected one of confirmed"):
        apply_review(machine, decisions(machine, {"i0": "maybe"}, "Ada"))


def test_agreement_is_on_what_both_decided(machine: gpd.GeoDataFrame) -> None:
    ada = decisions(machine, {"i0": "confirmed", "i1": "confirmed", "i2": "rejected", "i3": "rejected"}, "Ada")
    ben = decisions(machine, {"i0": "confirmed", "i1": "rejected", "i2": "rejected"}, "Ben")
    found = {row.column: row for row in agreement(ada, ben)}
    kept = found["kept"]
    assert (kept.both, kept.same) == (3, 2)
    assert kept.kappa == pytest.approx(0.4)
    assert found["killed_max"].both == 1
    assert found["killed_max"].kappa is None
    status = status_of(ada)
    assert (status.decided, status.by_verdict, status.by_reviewer) == (4, {"confirmed": 2, "rejected": 2}, {"Ada": 4})


def test_kappa_is_cohens() -> None:
    """Two readers, 50 proposals: 20 both yes, 15 both no, 5 and 10 split; kappa is 0.4."""
    one = ["yes"] * 25 + ["no"] * 25
    other = ["yes"] * 20 + ["no"] * 5 + ["yes"] * 10 + ["no"] * 15
    assert kappa(one, other) == pytest.approx(0.4)
    assert kappa([], []) is None
    assert kappa(["a"] * 3, ["a"] * 3) is None


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), max_size=30))
def test_kappa_is_symmetric_and_at_most_one(pairs: list[tuple[str, str]]) -> None:
    one, other = [a for a, _ in pairs], [b for _, b in pairs]
    found = kappa(one, other)
    assert found == kappa(other, one)
    assert found is None or found <= 1
