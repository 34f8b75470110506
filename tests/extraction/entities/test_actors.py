import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.extraction.annotations import annotate
from geo.extraction.entities.actors import ActorMention
from geo.extraction.entities.national_forces import in_country
from geo.report import Report
from geo.resources import data_path, read_table


def find_actors(text: str) -> list[ActorMention]:
    return annotate(Report(id="r", text=text or ".")).actors


def named(text: str) -> list[tuple[str, str, str | None]]:
    return [(found.name, found.kind, found.country_code) for found in find_actors(text)]


@pytest.mark.parametrize(
    ("text", "name", "kind", "code"),
    [
        ("two FMLN guerrillas", "FMLN: Farabundo Marti National Liberation Front", "rebel", "SV"),
        ("the Farabundo Marti National Liberation Front", "FMLN: Farabundo Marti National Liberation Front", "rebel", "SV"),
        ("members of Sendero Luminoso", "Shining Path (Sendero Luminoso)", "rebel", "PE"),
        ("ISIS fighters", "Islamic State", "rebel", None),
        ("Hay'at Tahrir al-Sham", "Hayat Tahrir al-Sham (HTS)", "rebel", "SY"),
        ("Hayat Tahrir al Sham", "Hayat Tahrir al-Sham (HTS)", "rebel", "SY"),
        ("Mai-Mai militia", "Mai-Mai Militia", "militia", "CD"),
        ("the Rapid Support Forces (RSF) militiamen", "Rapid Support Forces (RSF)", "militia", "SD"),
        ("Israeli settlers", "Israeli Settlers", "militia", "IL"),
        ("Burmese junta troops", "Myanmar Armed Forces (military junta)", "state", "MM"),
        ("SYRIAN REGIME ARTILLERY", "Syrian Armed Forces", "state", "SY"),
        ("Iranian security forces", "Law Enforcement Forces of the Islamic Republic of Iran", "state", "IR"),
        ("Kenyan police officers", "Kenyan police officers", "state", "KE"),
        ("US and British warplanes", "US and British warplanes", "state", "US"),
        ("unidentified armed men", "unidentified armed men", "unknown", None),
        ("A GROUP OF HEAVILY ARMED MEN", "GROUP of HEAVILY ARMED MEN", "unknown", None),
        ("several angry protesters", "angry protesters", "protesters", None),
        ("two Danish nurses", "Danish nurses", "civilians", "DK"),
        ("Gen. Tomas Arvelo", "Gen. Tomas Arvelo", "person", None),
        ("FORMER DEFENSE MINISTER CARLOS ARVELO", "FORMER DEFENSE MINISTER CARLOS ARVELO", "person", None),
        ("the Norwegian embassy", "Norwegian embassy", "facility", "NO"),
        ("the headquarters of the Radical Farmers Party", "headquarters of the Radical Farmers Party", "facility", None),
        ("three electric towers", "electric towers", "facility", None),
    ],
)  # fmt: skip
def test_a_noun_phrase_names_who_acts_or_suffers(text: str, name: str, kind: str, code: str | None) -> None:
    assert named(text) == [(name, kind, code)]


@pytest.mark.parametrize("text", ["Russian shelling", "RUSSIAN AIR STRIKES", "a Russian ballistic missile attack"])
def test_an_attack_called_by_its_nation_says_who_attacked(text: str) -> None:
    assert named(text) == [("Armed Forces of the Russian Federation", "state", "RU")]


def test_two_nations_of_one_attack_stay_together() -> None:
    assert named("a Syrian or Russian airstrike") == [("Syrian or Russian forces", "state", "SY")]


@pytest.mark.parametrize("text", ["IT IS FAR FROM HERE", "It is as far as they are able.", "He told us so."])
def test_little_words_are_no_abbreviations(text: str) -> None:
    assert named(text) == []


def test_who_is_backed_by_a_nation_is_not_of_it() -> None:
    assert all(code != "QA" for _, _, code in named("Qatari-backed rebels"))


@pytest.mark.parametrize(
    ("words", "code", "country", "name"),
    [
        ("army", "PE", "Peru", "Peruvian Armed Forces"),
        ("air force", "PE", "Peru", "air force (Peruvian Armed Forces)"),
        ("security forces", "IR", "Iran", "Law Enforcement Forces of the Islamic Republic of Iran"),
        ("police officers", "NO", "Norway", "police officers (Norway)"),
        ("guerrillas", "PE", "Peru", "guerrillas"),
        ("soldiers", None, None, "soldiers"),
    ],
)
def test_a_force_without_a_nation_is_that_of_the_country(
    words: str, code: str | None, country: str | None, name: str
) -> None:
    assert in_country(words, code, country) == name


def test_no_alias_stands_for_two_bodies() -> None:
    owners: dict[str, str] = {}
    for row in read_table("events/actors.csv"):
        for alias in filter(None, (part.strip().lower() for part in row["aliases"].split(";"))):
            assert owners.setdefault(alias, row["name"]) == row["name"], alias


@pytest.mark.parametrize(
    ("table", "column", "allowed"),
    [
        ("events/actors.csv", "kind", {"state", "rebel", "militia", "gang", "protesters", "civilians"}),
        ("language/people.csv", "kind", {"civilian", "state", "rebel", "militia", "gang", "protesters", "unknown"}),
        ("language/nouns.csv", "sort", {"people", "body", "thing"}),
        ("events/effects.csv", "effect", {"killed", "wounded", "kidnapped", "arrested", "raped"}),
    ],
)
def test_the_tables_keep_to_their_terms(table: str, column: str, allowed: set[str]) -> None:
    rows = list(read_table(table))
    assert rows
    assert {row[column] for row in rows} <= allowed
    with data_path(table).open(encoding="utf-8", newline="") as lines:
        widths = {len(row) for row in csv.reader(line for line in lines if not line.startswith("#"))}
    assert len(widths) == 1


WORDS = (
    "the US and British warplanes of army soldiers IS FMLN guerrillas ( ) - / Russian or Syrian shelling attack two 's police "
    "hospital Gen. Carlos Diaz AL al by members a group armed men embassy . , were"
).split()


@given(parts=st.lists(st.sampled_from(WORDS), max_size=16), capitals=st.booleans())
def test_no_words_break_the_naming(*, parts: list[str], capitals: bool) -> None:
    text = " ".join(parts)
    text = text.upper() if capitals else text
    end = 0
    for found in find_actors(text):
        assert end <= found.start < found.end <= len(text)
        assert text[found.start : found.end] == found.text
        assert found.name
        end = found.end
