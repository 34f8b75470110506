"""Who did what to whom, in one line: the same line from Python and on the page, in every language."""

import re
from collections.abc import Callable

import geopandas as gpd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.gazetteer.romanisation import plain_letters
from geo.incident import Incident
from geo.incidents import to_frame
from geo.incidents.headlines.headline import LANGUAGES, headlines
from geo.incidents.headlines.labels import actor_label, in_prose, within_a_sentence
from geo.leaflet import to_map
from geo.leaflet.columns import row_order
from geo.vocabulary import EVENT_TYPE_OF, GEO_PRECISIONS, STATUSES
from tests.conftest import slow_but
from tests.leaflet.conftest import Opened
from tests.leaflet.stories import incident, story
from tests.repeated_places import REPEATS, with_repeats
from tests.synthetic import make_incidents

WESTERN_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")


BARE: dict[str, object] = {"incident_id": "one", "report_ids": (), "event_type": None, "sub_event_type": None}


def line(**cells: object) -> str:
    return str(headlines(to_frame([incident("one", **cells)])).iloc[0])


def test_a_headline_says_who_what_whom_where_and_how_many() -> None:
    strike = line(
        sub_event_type="Air/drone strike", weapon="MQ-9 drone", actor1="Military Forces of the United States",
        actor2="Qassem Suleimani", place_name="Baghdad airport", killed_min=2,
    )  # fmt: skip
    assert strike == "Drone strike by US forces on Qassem Suleimani at Baghdad airport: at least 2 killed"


def test_what_nobody_said_leaves_no_gap() -> None:
    assert line() == "Shelling or missile attack somewhere in Iraq"
    bare = to_frame([Incident(**BARE)])
    assert headlines(bare).tolist() == ["Incident"]
    assert headlines(bare[["incident_id"]]).tolist() == ["Incident"]


@pytest.mark.parametrize(
    ("cells", "toll"),
    [
        ({"killed_min": 0, "killed_max": 0, "wounded_min": 0, "wounded_max": 0}, "no casualties"),
        ({"killed_min": 0, "killed_max": 0, "wounded_min": 62, "wounded_max": 62}, "62 wounded"),
        ({"killed_min": 0, "killed_max": 0}, "no one killed"),
        ({"killed_max": 4}, "up to 4 killed"),
        ({"killed_min": 3, "killed_max": 5, "wounded_min": 1200}, "3 to 5 killed, at least 1,200 wounded"),
        ({"killed_min": 0}, None),
    ],
)
def test_a_toll_is_as_open_as_the_report_left_it(cells: dict[str, int], toll: str | None) -> None:
    assert line(**cells) == "Shelling or missile attack somewhere in Iraq" + (f": {toll}" if toll else "")


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("reported", "Rocket attack at Camp Taji"),
        ("claimed", "Rocket attack at Camp Taji; claimed by the army"),
        ("alleged", "Alleged rocket attack at Camp Taji; according to the army"),
        ("denied", "Rocket attack at Camp Taji; denied by one side"),
        ("planned", "Planned rocket attack at Camp Taji"),
        ("threatened", "Threatened rocket attack at Camp Taji"),
    ],
)
def test_a_headline_is_no_surer_than_the_report(status: str, said: str) -> None:
    assert line(status=status, place_name="Camp Taji", weapon="rockets", attribution="the army") == said


def test_names_are_written_as_news_writes_them() -> None:
    assert plain_letters("Nāḩiyat ash Shināfīyah") == "Nahiyat ash Shinafiyah"
    assert plain_letters("Al Qā’im") == "Al Qaim"
    assert plain_letters("N’Djamena") == "N'Djamena"
    assert plain_letters("São Paulo") == "São Paulo"
    assert plain_letters("Şanlıurfa") == "Şanlıurfa"  # a Turkish letter
    assert plain_letters("Aş Şadr") == "As Sadr"  # a sign of scholars
    assert in_prose("ABU MAHDI AL-MUHANDIS") == "Abu Mahdi Al-Muhandis"
    assert in_prose("US FORCES AND PKK") == "US Forces and PKK"
    joins = {
        "two": "{first} and {second}", "more": "{first} and others",
    }  # fmt: skip
    assert actor_label("Shia Militias (Iraq); planes", "en", joins) == "Shia militias and planes"
    assert actor_label("A; B; C", "en", joins) == "A and others"
    assert actor_label(f"{'Brigade of the ' * 4}; Brigade", "en", joins).endswith("and others")


@pytest.mark.parametrize(
    ("sentence", "called"),
    [
        ("Angry demonstrators", "angry demonstrators"),
        ("Mourners", "mourners"),
        ("Iraqi soldiers", "Iraqi soldiers"),
        ("Free Syrian Army", "Free Syrian Army"),
        ("Boko Haram", "Boko Haram"),
        ("Hamas fighters", "Hamas fighters"),
        ("Pentagon officials", "Pentagon officials"),
        ("Cosatu members", "Cosatu members"),
        ("Suspected Islamic extremists", "suspected Islamic extremists"),
        ("Members of the Mamelodi community", "members of the Mamelodi community"),
        ("Secretary of State Mike Pompeo", "Secretary of State Mike Pompeo"),
        ("Security Council members", "Security Council members"),
        ("People", "people"),
    ],
)
def test_a_noun_phrase_loses_the_capital_of_its_sentence_and_a_name_keeps_its_own(sentence: str, called: str) -> None:
    assert within_a_sentence(sentence) == called


def test_a_headline_without_room_leaves_out_what_matters_least_and_never_the_toll() -> None:
    long: dict[str, object] = {
        "actor1": "Kataib Hezbollah", "actor2": "American civilian contractor", "place_name": "K-1 Air Base",
        "killed_min": 1, "killed_max": 1, "wounded_min": 6, "status": "alleged", "attribution": "the coalition",
    }  # fmt: skip
    frame = to_frame([incident("one", **long)])
    whole = "Alleged shelling or missile attack by Kataib Hezbollah on American civilian contractor at K-1 Air Base"
    toll = ": 1 killed, at least 6 wounded"
    assert headlines(frame)[0] == f"{whole}{toll}; according to the coalition"
    assert headlines(frame, most=140)[0] == f"{whole}{toll}"
    assert headlines(frame, most=120)[0] == f"{whole.replace(' at K-1 Air Base', '')}{toll}"
    assert headlines(frame, most=100)[0] == f"Alleged shelling or missile attack on American civilian contractor{toll}"
    assert headlines(frame, most=90)[0] == f"Alleged shelling or missile attack at K-1 Air Base{toll}"
    assert headlines(frame, most=20)[0] == f"Alleged shelling or missile attack{toll}"


@pytest.mark.parametrize(
    ("lang", "cells", "said"),
    [
        ("en", {"place_name": "north of Baghdad", "geo_precision": "near"}, "Shelling or missile attack north of Baghdad"),
        ("es", {"place_name": "north of Baghdad", "geo_precision": "near"}, "Ataque de artillería o misiles al norte de Bagdad"),
        ("es", {"place_name": "western Iraq", "geo_precision": "region"}, "Ataque de artillería o misiles en el oeste de Irak"),
        ("fr", {"place_name": "north of Baghdad", "geo_precision": "near"}, "Tirs d’artillerie ou de missiles au nord de Bagdad"),
        ("fr", {"place_name": "western Iraq", "geo_precision": "region"}, "Tirs d’artillerie ou de missiles quelque part (Irak, ouest)"),
        ("fr", {"actor1": "Iran", "place_name": "Erbil", "geo_precision": "settlement"}, "Tirs d’artillerie ou de missiles par l’Iran à Erbil"),
        ("ar", {"place_name": "Baghdad", "geo_precision": "settlement"}, "قصف مدفعي أو صاروخي في بغداد"),
        ("fr", {"place_name": "Erbil", "geo_precision": "near"}, "Tirs d’artillerie ou de missiles près d’Erbil"),
        ("fr", {"place_name": "Tikrit", "geo_precision": "near"}, "Tirs d’artillerie ou de missiles près de Tikrit"),
        ("fr", {"sub_event_type": "Arrests", "actor2": "Military Forces of France", "place_name": "Gao"},
         "Arrestation des forces françaises à Gao"),
        ("fr", {"sub_event_type": "Abduction/forced disappearance", "actor1": "Gunmen", "actor2": "civilians", "place_name": "Gao"},
         "Enlèvement de civils par des hommes armés à Gao"),
        ("es", {"sub_event_type": "Peaceful protest", "actor1": "protesters", "actor2": "the mayor; police", "place_name": "Gao"},
         "Protesta contra el alcalde y la policía en Gao"),
    ],
)  # fmt: skip
def test_words_that_meet_are_joined_as_the_language_joins_them(lang: str, cells: dict[str, object], said: str) -> None:
    assert headlines(to_frame([incident("one", **cells)]), lang)[0] == said


@pytest.mark.parametrize(("place", "precision", "province", "actor", "target", "said"), REPEATS)
def test_a_place_is_named_once(  # noqa: PLR0917
    place: str, precision: str, province: str | None, actor: str | None, target: str, said: str
) -> None:
    cells = {"place_name": place, "geo_precision": precision, "admin1": province, "actor1": actor, "actor2": target}
    frame = to_frame([incident("one", sub_event_type="Attack", country="Iraq", **cells)])
    assert headlines(frame)[0] == f"Attack {said}"


def test_without_room_for_the_target_the_place_that_it_names_is_named() -> None:
    frame = to_frame([incident("one", actor1="Al Shabaab", actor2="Dayah Hotel and its many guests",
                               place_name="Dayah Hotel", sub_event_type="Attack", geo_precision="site")])  # fmt: skip
    assert headlines(frame, most=30)[0] == "Attack at Dayah Hotel"


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (
            {"sub_event_type": "Armed clash", "actor1": "Iran", "actor2": "Hamas; the army"},
            "Clash of Iran with Hamas and the army",
        ),
        ({"sub_event_type": "Agreement", "actor1": "Iran", "actor2": "Hamas"}, "Agreement of Iran with Hamas"),
        ({"sub_event_type": "Peaceful protest", "actor1": "Protesters", "actor2": "Hamas"}, "Protest against Hamas"),
        ({"sub_event_type": "Attack", "actor1": "MEND: Movement for the Delta"}, "Attack by Movement for the Delta"),
    ],
)
def test_what_a_headline_says_cannot_be_read_otherwise(cells: dict[str, object], said: str) -> None:
    assert line(**cells, country="United States") == f"{said} somewhere in the United States"


texts = st.one_of(st.none(), st.text(min_size=1, max_size=30), st.sampled_from(["rockets", "Al Qā’im", "A; B; C"]))
counts = st.one_of(st.none(), st.integers(0, 3), st.integers(1000, 9000))


@given(
    st.fixed_dictionaries(
        dict.fromkeys(("actor1", "actor2", "place_name", "country", "weapon", "attribution"), texts)
        | dict.fromkeys(("killed_min", "wounded_max", "event_count_min"), counts)
        | {
            "sub_event_type": st.sampled_from([None, *EVENT_TYPE_OF]),
            "status": st.sampled_from(STATUSES),
            "geo_precision": st.sampled_from(GEO_PRECISIONS),
        }
    ),
    st.sampled_from(LANGUAGES),
)
def test_no_template_leaves_a_slot_a_gap_or_the_word_unknown(cells: dict[str, object], lang: str) -> None:
    unnamed = cells | dict.fromkeys(("actor1", "actor2", "place_name", "country", "attribution"))
    frame = to_frame([Incident(**{**BARE, **one}) for one in (cells, unnamed)])  # type: ignore[arg-type]
    said, bare = headlines(frame, lang)
    assert said
    assert not re.search(r"[{}\[\]|]|  | $|unknown|None|nan", bare), bare


@pytest.mark.client
@pytest.mark.parametrize("lang", slow_but(["en"], LANGUAGES))
def test_the_page_says_what_python_says(open_page: Callable[..., Opened], lang: str) -> None:
    many = with_repeats(gpd.GeoDataFrame(make_incidents(1500)), 100)
    opened = open_page(to_map(many, lang=lang))
    script = "([rows, most]) => Array.from({length: rows}, (_, row) => geoPage.headlineOf(row, most ?? undefined))"
    for most in (None, 70):
        shown = opened.page.evaluate(script, [len(many), most])
        sentence = headlines(many, lang, most=most).iloc[row_order(many)].tolist()
        assert [text.translate(WESTERN_DIGITS) for text in shown] == sentence


@pytest.mark.client
@pytest.mark.parametrize("lang", slow_but(["fr"], LANGUAGES))
def test_no_headline_of_the_list_is_cut_off(open_page: Callable[..., Opened], lang: str) -> None:
    opened = open_page(to_map(make_incidents(120), lang=lang))
    cut = """async () => {
        const cut = [], scroller = document.querySelector(".geo-scroller");
        for (let top = 0; top < scroller.scrollHeight; top += 300) {
            scroller.scrollTop = top;
            await new Promise((done) => setTimeout(done, 40));
            for (const line of document.querySelectorAll(".geo-list .geo-entry-what"))
                if (line.scrollHeight > line.clientHeight + 2) cut.push(line.textContent);
        }
        return [...new Set(cut)];
    }"""
    assert opened.page.evaluate(cut) == []


@pytest.mark.client
def test_a_list_entry_is_the_headline_as_far_as_two_lines_hold_it(story_page: Opened) -> None:
    sentence = headlines(story()).tolist()
    shown = story_page.page.locator(".geo-list .geo-entry-what").all_inner_texts()
    assert len(shown) == len(sentence)
    assert len(set(shown) & set(sentence)) == len(sentence) - 1
    (short,) = set(shown) - set(sentence)
    assert short == "Rocket attack by Kata'ib Hizballah on US forces: 3 killed, at least 12 wounded"
    entry = story_page.page.locator(".geo-entry", has_text=short)
    assert entry.locator(".geo-entry-when").inner_text() == "11 Mar 2020 · Camp Taji · ± 1.5 km"
