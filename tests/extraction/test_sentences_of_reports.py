"""Which kinds of sentences report what, and what they do not: short reports in our own words."""

from datetime import date

import pytest

from geo.extraction.annotations import annotate
from geo.extraction.pipeline import assemble, draft_incidents, extract_report
from geo.incident import Incident
from geo.report import Report

FRIDAY = date(2019, 5, 10)


def incidents(text: str) -> list[Incident]:
    return extract_report(Report(id="r", text=text, published=FRIDAY))


def drafted(text: str) -> list[Incident]:
    """Every incident that is drafted for a report, shown or not."""
    return [assemble(draft) for draft in draft_incidents(annotate(Report(id="r", text=text, published=FRIDAY)))]


@pytest.mark.parametrize(
    "text",
    [
        "Nothing was shelled in Mosul on Tuesday.",
        "There were no reports of raids in Mosul on Tuesday.",
        "A train crash killed 14 people near Hilla on Tuesday.",
        "A cyclone hit the coast near Beira on Tuesday, killing at least 30 people.",
        "A heart attack killed the governor of Basra on Tuesday.",
    ],
)
def test_what_did_not_happen_and_what_nobody_did_is_not_reported(text: str) -> None:
    assert [one.sub_event_type for one in incidents(text) if one.status == "reported" and one.confidence >= 0.5] == []


@pytest.mark.parametrize(
    "text",
    [
        "The army denied that its jets bombed Raqqa on Tuesday.",
        "Israel denied that its troops shelled a clinic in Gaza on Tuesday, killing nine.",
        "The militia denied it had attacked a bus in Idlib on Tuesday.",
    ],
)
def test_a_plain_denial_is_a_row_of_its_own(text: str) -> None:
    assert [one.status for one in incidents(text)] == ["denied"]


@pytest.mark.parametrize(
    "text",
    [
        "Rockets killed 11 people in Douma on Tuesday, activists said.",
        "Two weeks of shelling have killed 90 people in Idlib, opposition activists said on Tuesday.",
    ],
)
def test_activists_who_speak_hold_no_protest(text: str) -> None:
    assert [one.event_type for one in incidents(text)] == ["Explosions/Remote violence"]


@pytest.mark.parametrize(
    "text",
    [
        "An improvised explosive device killed three guards near Gao on Tuesday.",
        "Rebels struck a lorry near Gao on Tuesday with an improvised explosive device (IED), killing three guards.",
    ],
)
def test_the_name_of_a_bomb_is_no_find_of_one(text: str) -> None:
    assert {one.sub_event_type for one in incidents(text)} == {"Remote explosive/landmine/IED"}


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Two years after a car bomb killed 60 people in Hilla, families lit candles on Tuesday.", "2017-01-01"),
        ("On the tenth anniversary of the raid that killed nine people in Hilla, families prayed.", "2009-01-01"),
        ("Residents of Halabja marked the anniversary of the gas attack that killed 5,000 people.", "None"),
    ],
)
def test_what_is_remembered_is_not_of_the_week_of_the_news(text: str, first: str) -> None:
    assert {str(one.date_start) for one in drafted(text)} == {first}


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("In 2013, a roadside bomb killed two guards in Mosul.", "2013-01-01", "2013-12-31"),
        ("Back in 2009 rebels killed 30 people in Kunduz.", "2009-01-01", "2009-12-31"),
        ("Three years ago a suicide bomber killed 30 people in Kunduz.", "2016-01-01", "2016-12-31"),
        ("On 3 August last year rebels killed 30 people in Kunduz.", "2018-08-03", "2018-08-03"),
    ],
)
def test_an_incident_is_of_the_days_that_its_clause_names(text: str, first: str, last: str) -> None:
    assert {(str(one.date_start), str(one.date_end)) for one in incidents(text)} == {(first, last)}


def test_armed_men_are_nobodys_army() -> None:
    (one,) = incidents("Armed men raided a village in Nigeria's Zamfara state on Tuesday, killing 14 farmers.")
    assert (one.actor1 or "").lower() == "armed men"


def test_the_target_is_what_was_hit_and_not_the_town_beside_it() -> None:
    (one,) = incidents("An Israeli strike on an Iranian convoy near Abu Kamal on Tuesday killed nine.")
    assert one.actor2 == "Iranian convoy"


def test_what_was_hit_is_not_what_it_was_hit_with() -> None:
    (one,) = incidents("U.S. aircraft struck an ISIL mortar position near Mosul on Tuesday.")
    assert (one.sub_event_type, one.actor2) == ("Air/drone strike", "ISIL mortar position")


def test_those_who_march_are_who_acts_and_no_town_is_accused() -> None:
    (one,) = incidents("MOURNERS MARCHED IN LIMA ON FRIDAY BEHIND THE COFFINS OF THE DEAD.")
    assert (one.actor1, one.actor2, one.status) == ("mourners", None, "reported")


def test_a_march_announced_for_a_weekday_is_of_the_day_to_come() -> None:
    (one,) = incidents(
        "Union leaders threatened a harsh answer and announced a march on the palace in Lima for Tuesday."
    )
    assert (str(one.date_start), str(one.date_end), one.status) == ("2019-05-14", "2019-05-14", "planned")
    assert one.attribution != "harsh answer"


@pytest.mark.parametrize(
    "text",
    [
        "The number of dead from a car bomb in Hilla on Tuesday has climbed to nine.",
        "The death toll from a car bomb in Hilla on Tuesday rose to nine.",
    ],
)
def test_a_toll_that_rose_is_counted(text: str) -> None:
    (one,) = incidents(text)
    assert (one.killed_min, one.killed_max) == (9, 9)


def test_a_deed_has_its_own_weapon_and_not_that_of_what_it_answers() -> None:
    found = incidents("On Tuesday jets bombed depots near Hilla in answer to a mortar attack on a base in Basra.")
    assert {one.sub_event_type: one.weapon for one in found} == {
        "Air/drone strike": "jets",
        "Shelling/artillery/missile attack": "mortar",
    }


def test_tear_gas_is_no_weapon_of_protesters() -> None:
    found = incidents(
        "Angry protesters stormed a bank in Hilla on Tuesday, wounding nine. Guards answered with tear gas."
    )
    riots = [one for one in found if one.event_type == "Riots"]
    assert riots
    assert [one.weapon for one in riots] == [None] * len(riots)


@pytest.mark.parametrize(
    "text",
    [
        "Lawmakers in Lima demanded on Tuesday that the foreign troops be withdrawn.",
        "The army said on Tuesday that it had no intention of withdrawing its troops from Lima.",
    ],
)
def test_what_is_demanded_or_not_intended_has_not_happened(text: str) -> None:
    assert incidents(text) == []


@pytest.mark.parametrize(
    ("text", "perpetrator"),
    [
        (
            "US jets blasted four lorries near Hilla on Monday, killing 14 people.",
            "Military Forces of the United States",
        ),
        ("An Israeli F-16 fighter jet struck a bakery in Gaza City on Monday.", "Israel Defense Forces (IDF)"),
        ("Israeli troops entered the village near Jenin on Monday, arresting nine men.", "Israel Defense Forces (IDF)"),
        ("Jets bombed depots in Mosul on Monday.", "Jets"),
        ("Students blocked the railway in Basra on Monday.", "Students"),
    ],
)
def test_whoever_flies_or_leads_the_main_clause_did_it_and_no_state_that_is_not_named(
    text: str, perpetrator: str
) -> None:
    [one] = incidents(text)
    assert one.actor1 == perpetrator


def test_both_sides_of_a_clash_are_named() -> None:
    [one] = incidents("Union members clashed with party supporters in Johannesburg on Monday.")
    assert (one.actor1, one.actor2) == ("Union members", "party supporters")


@pytest.mark.parametrize(
    "total",
    [
        "More than 250 people have been killed in attacks there since October.",
        "Over 250 people died there in the past two years.",
        "That brought the toll in three weeks of clashes to at least 250.",
    ],
)
def test_a_total_over_months_is_no_toll_of_one_attack(total: str) -> None:
    found = incidents(f"Rebels killed 16 people in Beni on Monday. {total}")
    assert 16 in [one.killed_min for one in found]
    assert all((one.killed_min or 0) <= 16 for one in found if one.date_precision == "day")


def test_a_list_of_the_dead_is_added_up_across_who_backs_them() -> None:
    [one] = incidents(
        "24 civilians, 24 fighters and 25 Turkish-backed militiamen were killed in clashes in Afrin on Monday."
    )
    assert (one.killed_min, one.killed_max) == (73, 73)


@pytest.mark.parametrize(
    "text",
    [
        "Soldiers fired rockets at targets in a desert exercise near Tabuk on Monday.",
        "Militias have been deployed abroad to join government troops in combat, the paper said.",
    ],
)
def test_drills_and_deployments_without_a_day_are_no_incidents(text: str) -> None:
    assert incidents(text) == []


def test_a_clear_sentence_is_found_in_however_long_a_text_on_something_else() -> None:
    other = "The mayor spoke of schools, wells, markets, taxes and football. " * 120
    found = incidents(f"{other}A car bomb killed three people in Baghdad on Wednesday.")
    assert [one.killed_min for one in found] == [3]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The army shelled Idlib on Monday after rebels attacked a checkpoint near Aleppo.",
         {("Syrian Armed Forces", "Idlib"), ("rebels", "Aleppo")}),
        ("The army carried out reprisal attacks on Gaza after a suicide bombing killed 25 people in Haifa on Sunday.",
         {(None, "Haifa")}),
        ("Ten people were killed after a bomb exploded in Kano on Monday.", {(None, "Kano")}),
    ],
)  # fmt: skip
def test_a_deed_that_came_after_another_has_an_agent_and_a_place_of_its_own(
    text: str, expected: set[tuple[str | None, str]]
) -> None:
    assert expected <= {(one.actor1, one.place_name) for one in incidents(text)}


def test_a_crowd_that_leaves_is_no_change_of_an_armed_group() -> None:
    assert incidents("The crowd withdrew on Wednesday when the militia's leaders in Baghdad asked it to leave.") == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("A missile hit the frigate Aleppo in the Red Sea on Monday.", "Red Sea"),
        ("A soldier of the Golani brigade was shot dead near Nablus on Monday.", "Nablus"),
    ],
)
def test_a_ship_or_a_unit_called_after_a_town_is_no_place(text: str, place: str) -> None:
    assert [one.place_name for one in incidents(text)] == [place]


def test_near_an_unknown_village_is_somewhere_in_the_country_and_not_where_the_report_was_filed() -> None:
    [one] = incidents("PORT SUDAN - The army bombed a market near Tamboul on Monday, killing nine people.")
    assert (one.country_code, one.geo_precision) == ("SD", "country")
    assert "Tamboul" in (one.place_text or "")


@pytest.mark.parametrize(
    ("text", "killed", "perpetrator", "victims"),
    [
        ("Four people died on Tuesday in clashes between police and protesters in Jakarta.", 4, "protesters", "people"),
        ("A helicopter attack killed Htwe Kyan, 30, near Mandalay on Tuesday.", 1, None, "Htwe Kyan"),
        (
            "Militants tried to storm a police station in Peshawar on Tuesday, killing two officers.",
            2,
            "Militants",
            None,
        ),
        ("Rebels managed to kill six soldiers near Goma on Tuesday.", 6, "Rebels", "soldiers"),
    ],
)
def test_one_sentence_is_one_incident_with_whoever_is_named(
    text: str, killed: int, perpetrator: str | None, victims: str | None
) -> None:
    (incident,) = drafted(text)
    assert (incident.killed_min, incident.actor1) == (killed, perpetrator)
    assert victims is None or incident.actor2 == victims


def test_protesters_and_the_police_are_no_armed_clash() -> None:
    (incident,) = incidents("Police clashed with protesters in Jakarta on Tuesday, injuring five people.")
    assert incident.event_type == "Riots"
    assert incident.wounded_min == 5


@pytest.mark.parametrize(
    ("text", "sub_event_type"),
    [
        ("Hundreds of bakers gathered in front of the ministry in Tunis on Tuesday, calling for overdue pay.",
         "Peaceful protest"),
        ("Counter-terrorism officers arrested seven suspected members of a jihadist cell in Kosovo on Tuesday.", "Arrests"),
        ("A police patrol came under fire near Thiou in Burkina Faso on Tuesday; two gendarmes were killed.",
         "Armed clash"),
    ],
)  # fmt: skip
def test_indirect_wordings_are_triggers(text: str, sub_event_type: str) -> None:
    assert sub_event_type in {one.sub_event_type for one in drafted(text)}


def test_a_group_that_a_report_names_only_as_a_government_is_accused_of_nothing() -> None:
    text = (
        "A man convicted of a plot against the ANC government has applied for parole. "
        "The group set off bombs in Soweto in October 2002 that killed a woman."
    )
    assert not any("ANC" in (one.actor1 or "") for one in drafted(text))


def test_what_goes_on_in_general_is_no_incident() -> None:
    assert incidents("Violence has fallen in Iraq since 2017, but bombings remain common.") == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (
            "Militants kill 305\n\nCAIRO - Militants killed 305 people at a mosque in North Sinai on Friday.",
            "northern Sinai",
        ),
        ("Raid on camp\n\nNEW DELHI - Jets bombed what Delhi said was a camp near Balakot in Pakistan.", "Balakot"),
        ("MANILA - The virus has spread in China. Protesters marched to the consulate in Hong Kong.", "Hong Kong"),
    ],
)
def test_the_place_is_what_the_clause_says_not_where_the_report_was_filed(text: str, place: str) -> None:
    assert place in [one.place_name for one in drafted(text)]


def test_who_is_accused_of_one_deed_did_not_do_another_that_names_nobody() -> None:
    text = (
        "Three people were killed in looting in Buenaventura on Thursday. "
        "A truck bomb killed three police officers in Cali on Friday; dissidents of the FARC are suspected."
    )
    accused = {one.place_name: one.actor1 for one in drafted(text)}
    assert accused["Buenaventura"] is None
    assert "FARC" in (accused["Cali"] or "")


def test_who_claimed_the_attack_did_it() -> None:
    text = "A suicide bomber killed 40 police officers in Pulwama on Tuesday. Jaish-e-Mohammed claimed that attack."
    (found,) = incidents(text)
    assert found.actor1 == "Jaish-e-Mohammed"


@pytest.mark.parametrize(
    ("words", "accused"),
    [
        ("Islamic State's local branch said on its channel that its fighters had planted the bomb.", "Islamic State"),
        ("Al Shabaab's media arm said that its fighters had planted the bomb.", "Al Shabaab"),
    ],
)
def test_the_fighters_of_a_group_are_the_group_and_its_branch_is_no_building(words: str, accused: str) -> None:
    text = f'A bomb killed a clerk in Kandahar on Tuesday. "Our enemies did this," a Taliban spokesman said. {words}'
    (found,) = incidents(text)
    assert found.actor1 == accused


def test_an_adviser_to_somebody_and_his_driver_are_two() -> None:
    (found,) = incidents("A car bomb killed an adviser to the governor of Kandahar and his driver on Tuesday.")
    assert (found.killed_min, found.killed_max) == (2, 2)


@pytest.mark.parametrize(
    ("text", "no_victim"),
    [
        ("A bomb hidden in a parked car killed two clerks in Kabul on Tuesday.", "car"),
        ("Shelling killed a woman at a bus stop in Kherson on Tuesday.", "bus"),
    ],
)
def test_where_a_bomb_was_hidden_or_people_stood_is_no_victim(text: str, no_victim: str) -> None:
    (found,) = incidents(text)
    assert no_victim not in (found.actor2 or "")


def test_what_happens_to_millions_is_no_incident() -> None:
    assert drafted("More than two million people have fled their homes in Burkina Faso.") == []
    assert len(incidents("More than a million people marched in London on Tuesday.")) == 1


def test_a_sentence_that_opens_in_another_country_is_of_another_incident() -> None:
    text = (
        "Five soldiers died on Tuesday when a post near Djibo, in Burkina Faso, came under mortar fire. "
        "In Mali, the army said it had killed the leader of an armed group near Menaka."
    )
    found = {one.country_code: one for one in drafted(text)}
    assert (found["BF"].killed_max, found["ML"].killed_max) == (5, 1)


def test_strikes_that_are_being_prepared_are_not_those_of_last_night() -> None:
    text = (
        "The air force shot down 13 drones over the Odesa region overnight. "
        "The president said that the enemy was preparing a new wave of strikes on the power grid."
    )
    assert not any("power grid" in (one.actor2 or "") for one in incidents(text))


@pytest.mark.parametrize(
    "text",
    [
        "Protesters who want President Ana Solis to resign clashed with the police in Puno on Tuesday.",
        "Protesters who oppose the law clashed with the police in Puno on Tuesday.",
    ],
)
def test_a_clause_about_protesters_does_not_hide_that_they_clashed(text: str) -> None:
    (found,) = incidents(text)
    assert "rotesters" in (found.actor1 or "")
    assert "Solis" not in (found.actor2 or "")


@pytest.mark.parametrize(
    "text",
    [
        "Fourteen protesters were killed by security forces in Bamako on Tuesday in three days of unrest.",
        "Security forces shot dead 14 protesters in Bamako on Tuesday during unrest over an election.",
    ],
)
def test_protesters_who_are_killed_by_the_state_are_no_perpetrators(text: str) -> None:
    (found,) = incidents(text)
    assert found.sub_event_type == "Excessive force against protesters"
    assert (found.actor1 or "").lower().startswith("security forces")


def test_people_can_be_seized() -> None:
    (found,) = incidents(
        "Five missionaries were seized by gunmen on Tuesday on their way back from an orphanage in Jos."
    )
    assert found.sub_event_type == "Abduction/forced disappearance"


@pytest.mark.parametrize(
    "words",
    [
        "Since October, more than 200 people, most of them fighters, have been killed.",
        "The protests began in December.",
    ],
)
def test_what_goes_on_since_long_ago_has_no_day(words: str) -> None:
    assert [one for one in drafted(words) if one.confidence >= 0.5] == []


def test_an_officer_who_was_run_over_was_run_over() -> None:
    text = "An officer was run over by a lorry that gunmen had stolen in Nakuru on Tuesday."
    assert [one.status for one in drafted(text)] == ["reported"]


def test_a_family_is_more_than_one_person() -> None:
    (found,) = incidents("A missile killed one family in Nabatieh on Tuesday.")
    assert (found.killed_min, found.killed_max) == (2, None)


def test_an_embassy_is_stormed_where_it_stands() -> None:
    text = "Protesters stormed the Swedish embassy in Baghdad on Tuesday over a burning of the Koran in Stockholm."
    assert [one.place_name for one in incidents(text) if "embassy" in (one.actor2 or "")] == ["Baghdad"]


def test_a_bombing_that_the_news_came_after_does_not_take_its_dead() -> None:
    text = (
        "Turkish warplanes carried out air strikes on bases in northern Syria on Tuesday, a week after a bomb in Istanbul "
        "killed six people. Two villages had been hit and 11 civilians were killed, a spokesman said."
    )
    found = {one.place_name: one for one in incidents(text)}
    assert found["Istanbul"].killed_max == 6
    assert found["northern Syria"].killed_max == 11


def test_months_of_protests_are_no_protest_of_one_day() -> None:
    text = "The president was removed by the army on Tuesday after four months of protests in Khartoum."
    assert [one for one in incidents(text) if one.event_type == "Protests"] == []


def test_what_attackers_target_is_where_they_struck() -> None:
    text = (
        "OWO, Nigeria - Gunmen killed dozens of people at a church in southwest Nigeria on Tuesday. "
        "The attackers targeted the church in the town of Owo just as worshippers gathered."
    )
    assert {one.place_name for one in incidents(text)} == {"Owo"}


def test_a_school_called_after_somebody_and_the_land_of_a_group_take_no_part() -> None:
    text = (
        "A car blew up in Bogota on Tuesday, killing 10 people. The driver forced his way into the General Santander school. "
        "He died in the blast. The car came from Arauca, a stronghold of the National Liberation Army (ELN). "
        "The attack recalled the bombings of the drug lord Pablo Escobar."
    )
    (found,) = [one for one in incidents(text) if one.killed_min == 10]
    assert found.actor1 is None
    assert "Escobar" not in (found.actor2 or "")
    assert "General Santander" not in (found.actor2 or "").split("; ")


def test_two_years_in_one_sentence_are_two_incidents() -> None:
    text = (
        "In 2017, three people died when a bomb went off in Cali, and last January five policemen were killed in Pasto."
    )
    tolls = {one.killed_max for one in drafted(text)}
    assert {3, 5} <= tolls
    assert 8 not in tolls


def test_the_dead_of_a_shooting_are_not_of_the_arrest_after_it() -> None:
    text = (
        "Police arrested a boy on Tuesday after two people were killed in a shooting in Bangkok. "
        "The dead were a Chinese tourist and a cook."
    )
    (arrest,) = [one for one in drafted(text) if one.sub_event_type == "Arrests"]
    assert "tourist" not in (arrest.actor2 or "")


def test_who_they_are_is_the_group_of_the_sentence_before() -> None:
    text = (
        "The Houthis have attacked ships in the Red Sea since November. "
        "On Tuesday they fired 21 missiles at vessels near Hodeidah; all were shot down by US and British warships."
    )
    (found,) = incidents(text)
    assert "Houthis" in (found.actor1 or "")


def test_a_gunman_who_barricades_himself_is_no_riot() -> None:
    text = "A gunman killed two teachers at a school in Uvalde on Tuesday. He barricaded himself in a classroom."
    assert [one.sub_event_type for one in incidents(text)] == ["Attack"]


def test_the_dead_of_an_earlier_war_are_of_no_incident_of_today() -> None:
    text = (
        "In Holon a bus was set ablaze and three people were injured on Tuesday. The fighting is the heaviest since a war "
        "of 2014, in which more than 2,100 people died."
    )
    assert [one.killed_min for one in incidents(text) if one.confidence >= 0.5] == [None]


def test_days_are_not_counted_from_what_the_news_is_compared_with() -> None:
    text = (
        "A gunman killed two teachers at a school in Uvalde, Texas, on Tuesday. It was the deadliest shooting since a man "
        "killed 26 people in December 2012. Ten days earlier a gunman had shot dead ten people in Buffalo, New York."
    )
    (found,) = [one for one in drafted(text) if one.killed_max == 10]
    assert found.date_start == date(2019, 4, 27)


def test_protests_over_a_killing_have_the_day_of_the_protests() -> None:
    text = (
        "Protests over the killing of George Ames, a man who died after an officer shot him in Minneapolis on April 25, "
        "turned violent on Tuesday night in several cities."
    )
    found = {one.event_type: one for one in drafted(text)}
    assert found["Riots"].date_start == date(2019, 5, 7)
    assert found["Violence against civilians"].date_start == date(2019, 4, 25)


def test_who_defuses_rockets_are_forces_and_no_militants_of_another_deed() -> None:
    text = (
        "Iraqi security forces found a truck with four rockets near Tuz Khurmatu on Tuesday and defused them. "
        "A bomb planted by Islamic State killed a shepherd near Hatra on Tuesday."
    )
    accused = {one.sub_event_type: one.actor1 for one in drafted(text)}
    assert "Islamic State" not in (accused.get("Disrupted weapons use") or "")


def test_a_gunman_whom_police_shot_attacked_and_the_day_before_is_another_incident() -> None:
    text = (
        "A Palestinian gunman killed seven people and wounded three outside a synagogue in Jerusalem on Tuesday before he "
        "was shot dead by police, the ambulance service said. The attack was the worst in the city since 2008. "
        "It came a day after Israeli troops killed nine Palestinians in a raid on the Jenin refugee camp."
    )
    found = {one.place_name: one for one in incidents(text) if one.confidence >= 0.5}
    attack, raid = found["Jerusalem"], found["Jenin Refugee Camp" if "Jenin Refugee Camp" in found else "Janīn"]
    assert (attack.killed_max, attack.wounded_max, attack.actor1) == (7, 3, "Palestinian gunman")
    assert raid.killed_max == 9
    assert raid.date_start == date(2019, 5, 6)


def test_al_ram_is_a_town_and_no_car_that_rams() -> None:
    assert drafted("A man was buried in al-Ram on Tuesday.") == []


def test_fighting_that_broke_out_weeks_ago_does_not_date_the_shelling_of_today() -> None:
    text = (
        "Azerbaijan said that Armenian forces had shelled the town of Terter on Thursday. "
        "More than 700 soldiers have been killed since fighting broke out on March 27."
    )
    assert {one.date_start for one in incidents(text) if one.place_name == "Tartar"} == {date(2019, 5, 9)}


def test_whose_radios_blew_up_is_accused_of_nothing() -> None:
    text = (
        "Hand-held radios used by Hezbollah blew up in Beirut on Tuesday, killing 20 people. "
        "Hezbollah said it had attacked Israeli artillery positions with rockets on Tuesday."
    )
    accused = {one.killed_max: one.actor1 for one in incidents(text)}
    assert accused[20] is None
    assert accused[None] == "Hezbollah"


def test_agents_who_shot_the_suspect_dead_did_not_attack() -> None:
    text = (
        "A senator was shot in the ear at a rally in Butler, Pennsylvania, on Tuesday. One spectator was killed before "
        "agents of the Secret Service shot the suspect dead."
    )
    assert all("agents" not in (one.actor1 or "") for one in incidents(text))


def test_what_an_exercise_shows_did_not_happen() -> None:
    text = (
        "Soldiers and medics took part on Tuesday in an exercise in the Estonian capital in which a chemical attack on a "
        "tram killed 20 people and wounded 80."
    )
    assert [one for one in incidents(text) if one.confidence >= 0.5] == []


def test_a_number_behind_a_name_counts_who_follows() -> None:
    (found,) = drafted("In the district of Ahrweiler 18 people were killed by gunmen on Tuesday.")
    assert (found.killed_max, found.actor2) == (18, "people")


def test_a_government_that_sends_troops_did_not_kill_those_of_last_year() -> None:
    text = (
        "Gunmen killed four people near Garissa on Tuesday. The government in Nairobi has promised to send more troops to "
        "the region, where dozens of people were killed in similar attacks in 2018."
    )
    assert not any("government" in (one.actor1 or "") for one in incidents(text))
