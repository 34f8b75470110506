import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.extraction.annotations import annotate
from geo.extraction.casualties.casualty_mentions import CasualtyMention
from geo.extraction.language.tokens import read_words
from geo.report import Report


def find_casualties(text: str) -> list[CasualtyMention]:
    return annotate(Report(id="r", text=text or ".")).casualties


def counts(text: str, effect: str) -> list[tuple[int | None, int | None]]:
    return [(one.least, one.most) for one in find_casualties(text) if one.effect == effect and not one.part_of_total]


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("A mine killed three shepherds.", 3, 3),
        ("Three shepherds were killed by a mine.", 3, 3),
        ("Three shepherds have reportedly been killed.", 3, 3),
        ("The blast left nine dead.", 9, 9),
        ("Nine people died.", 9, 9),
        ("The death toll rose to 31.", 31, 31),
        ("The shelling claimed the lives of 4 bakers.", 4, 4),
        ("the death of a councillor", 1, 1),
        ("the killing of two midwives by unknown men", 2, 2),
        ("A raid killed at least 17 people.", 17, None),
        ("Dozens of villagers were massacred.", 12, None),
        ("Between 5 and 7 farmers were slain.", 5, 7),
        ("Two corporals, a cook and a driver died.", 4, 4),
        ("A midwife was killed.", 1, 1),
        ("Four more people died.", 4, 4),
        ("Three bakers lost their lives.", 3, 3),
        ("A 16-year-old was shot dead.", 1, 1),
        ("Troops shot and killed a 17-year-old Palestinian in Jenin.", 1, 1),
        ("A midwife was fatally stabbed.", 1, 1),
        ("Two men who had stopped to ask the way were beaten to death.", 2, 2),
        ("Ten customers, most of them women, were shot dead and 18 injured.", 10, 10),
        ("The blast killed a minister, Adel al-Hariri, and seven other people.", 8, 8),
        ("The blast cost six bakers their lives.", 6, 6),
        ("A gunfight claimed one life.", 1, 1),
        ("Two boys aged three and 13 died.", 2, 2),
        ("The siege killed 2000 people.", 2000, 2000),
        ("A raid killed 30-year-old Htwe Kyan.", 1, 1),
        ("A raid killed Htwe Kyan, 30, near the river.", 1, 1),
        ("The rebels managed to kill six soldiers.", 6, 6),
        ("A 12-year-old girl was killed.", 1, 1),
        ("A beekeeper was robbed, stabbed and murdered.", 1, 1),
        ("A student was shot in the chest and killed.", 1, 1),
        ("A radiologist was stabbed to death.", 1, 1),
        ("Raiders shot dead two tailors.", 2, 2),
        ("The mayor of a village was shot and killed by gunmen.", 1, 1),
        ("Dr. Selim Aydan, a dentist in the town, was murdered.", 1, 1),
        ("The bodies of six miners were found.", 6, 6),
        ("Killed in the raid were Marta Solis and Pablo Rivas.", 2, 2),
        ("THE REBELS KILLED TWELVE SOLDIERS AND A PRIEST.", 13, 13),
        ("The mayor of Sarn was killed with his son and daughter.", 3, 3),
        ("Gunmen killed the mayor of Sarn with his two sons.", 3, 3),
        ("The raiders killed over 8,000 men and boys.", 8001, None),
        ("Troops killed more than 100, the governor's office said.", 101, None),
        ("The blast killed 40 people, residents said.", 40, 40),
        ("THE BLAST KILLED MORE THAN 60, THE MAYOR SAID.", 61, None),
        ("The bomb killed two drivers, Colonel Diaz, a spokesman, said.", 2, 2),
        ("The bomb killed two drivers, a cook and three nurses, police in Sarn told reporters.", 6, 6),
        ("According to officials, two bakers were killed.", 2, 2),
        ("Two bakers were killed, according to officials.", 2, 2),
        ("No one was killed.", 0, 0),
        ("There were no casualties.", 0, 0),
        ("They fired at a tailor, killing him.", 1, 1),
        ("He later died.", 1, 1),
    ],
)
def test_the_dead_are_counted(text: str, least: int, most: int | None) -> None:
    assert counts(text, "killed") == [(least, most)]


@pytest.mark.parametrize(
    ("text", "effect", "least", "most"),
    [
        ("wounding over a dozen other recruits", "wounded", 13, None),
        ("Two men were killed and eleven injured.", "wounded", 11, 11),
        ("One clerk was killed by troops and four others were hurt.", "wounded", 4, 4),
        ("Up to 30 people were wounded.", "wounded", None, 30),
        ("THE BOMB INJURED FIVE CHILDREN", "wounded", 5, 5),
        ("The rockets left some 60 cadets with severe burns and injuries.", "wounded", 60, 60),
        ("Two sentries sustained serious injuries.", "wounded", 2, 2),
        ("The rockets hit a camp, injuring 16, officials said.", "wounded", 16, 16),
        ("It wounded five cadets and two cooks, officials of the league said on Friday.", "wounded", 7, 7),
        ("There were no casualties.", "wounded", 0, 0),
        ("A teacher was kidnapped by gunmen who demanded 5 million.", "kidnapped", 1, 1),
        ("Police arrested 20 marchers.", "arrested", 20, 20),
        ("Two women were raped.", "raped", 2, 2),
    ],
)
def test_who_was_hurt_taken_or_held_is_counted_apart(
    text: str, effect: str, least: int | None, most: int | None
) -> None:
    assert counts(text, effect) == [(least, most)]


def test_a_part_of_a_total_is_marked_and_not_counted_twice() -> None:
    total, part = find_casualties("Fourteen people, including three children, were killed.")
    assert (total.least, total.part_of_total) == (14, False)
    assert (part.least, part.part_of_total) == (3, True)


def test_each_effect_has_its_own_people() -> None:
    text = "The raid killed two sergeants and one Danish surgeon while wounding over a dozen other troops."
    assert [(one.effect, one.least, one.most) for one in find_casualties(text)] == [
        ("killed", 3, 3),
        ("wounded", 13, None),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The 18 rockets were seen in 2014.",
        "He is 43 years old.",
        "They killed the peace talks.",
        "He threatened to kill the judge.",
        "In 1989 soldiers guarded 12 bridges.",
    ],
)
def test_what_counts_nobody_is_no_casualty(text: str) -> None:
    assert find_casualties(text) == []


def test_people_whom_no_word_counts_are_vague() -> None:
    (found,) = find_casualties("The patrol killed civilians.")
    assert (found.vague, found.least, found.most) == (True, 2, None)


@pytest.mark.parametrize(
    ("text", "whole", "source"),
    [
        ("Ten people were killed in all.", True, ""),
        ("The death toll rose to 31.", True, ""),
        ("A total of nine miners died.", True, ""),
        ("Nine miners died, the governor said.", False, "governor"),
        ("Residents said nine miners died.", False, "residents"),
        ("Nine miners died, according to the police.", False, "police"),
    ],
)
def test_a_count_knows_whether_it_is_of_all_and_who_counted(text: str, whole: bool, source: str) -> None:  # noqa: FBT001
    (found,) = find_casualties(text)
    assert (found.whole, found.source) == (whole, source)


def test_the_words_for_the_people_are_quoted_from_the_text() -> None:
    text = "Gunmen abducted  seven masons near the dam."
    (found,) = find_casualties(text)
    assert found.who == "seven masons" == read_words(text).span(found.who_first, found.who_stop)


WORDS = (
    "killed wounded two 12 people soldiers a nurse and or , . were was died dead of the death toll no one at least several "
    "including children who by troops injured found bodies he her in 2014 - ( ) his"
).split()


@given(parts=st.lists(st.sampled_from(WORDS), max_size=16), capitals=st.booleans())
def test_no_words_break_the_counting(*, parts: list[str], capitals: bool) -> None:
    text = " ".join(parts)
    text = text.upper() if capitals else text
    for found in find_casualties(text):
        assert isinstance(found, CasualtyMention)
        assert 0 <= found.first <= found.who_first <= found.who_stop <= found.stop
        assert 0 <= found.start <= found.end <= len(text)
        assert found.least is None or found.most is None or found.least <= found.most


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("A bomb killed an unknown number of shoppers.", 1, None),
        ("A large number of villagers were killed.", 3, None),
        ("A third of the 30 passengers were killed.", 10, 10),
        ("Two thirds of the 30 passengers were killed.", 20, 20),
        ("Shells killed a score of people.", 20, 20),
        ("Shells killed a handful of people.", 2, None),
        ("Shells killed a couple of guards.", 2, 2),
        ("Shells killed a couple and their three children.", 5, 5),
        ("Shells killed a mother and her three children.", 4, 4),
        ("Shells killed a family of six.", 6, 6),
        ("The flood of shells killed 10 000 people.", 10_000, 10_000),
        ("The war killed 1,2 million people.", 1_200_000, 1_200_000),
        ("On June 15 100 people were killed.", 100, 100),
        ("Shells killed ~40 people.", 40, 40),
        ("Shells killed >40 people.", 41, None),
        ("The death toll from a blast in Ramadi on Sunday has climbed to 14.", 14, 14),
        ("The number of dead from the raid in Hit on Sunday rose to 14, doctors said.", 14, 14),
        ("The blast killed not a single person.", 0, 0),
        ("A shell fell on the school without killing a single person.", 0, 0),
        ("Shells fell but not one person was killed.", 0, 0),
    ],
)
def test_shares_measures_and_families_are_counted(text: str, least: int, most: int | None) -> None:
    assert counts(text, "killed") == [(least, most)]


@pytest.mark.parametrize(
    "text",
    ["The attack put the lives of thousands at risk.", "The life of a teacher is cheap.", "He got life in prison."],
)
def test_lives_that_nobody_lost_are_not_counted(text: str) -> None:
    assert counts(text, "killed") == []
