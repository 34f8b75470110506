from geo.extraction.annotations import annotate, within
from geo.report import Report

TEXT = "Gunmen killed two bakers in Mosul on Monday. A car bomb wounded a guard."


def test_a_report_is_annotated_once_with_everything_that_later_steps_read() -> None:
    annotated = annotate(Report(id="r", text=TEXT))
    assert [trigger.entry.name for trigger in annotated.triggers][:1] == ["kill"]
    assert [location.name for location in annotated.locations] == ["Mosul"]
    assert [weapon.text for weapon in annotated.weapons] == ["car bomb"]
    assert [(one.effect, one.least) for one in annotated.casualties] == [("killed", 2), ("wounded", 1)]
    assert annotated.frequencies["a"] == 2


def test_a_word_belongs_to_the_trigger_that_is_nearest() -> None:
    annotated = annotate(Report(id="r", text="Gunmen killed two bakers and kidnapped three guards."))
    nearest = [annotated.nearest_trigger(annotated.sentences[0], one).entry.name for one in annotated.casualties]
    assert nearest == ["kill", "kidnap"]


def test_dates_and_verbs_of_the_triggers_are_in_the_one_string_of_word_classes() -> None:
    annotated = annotate(Report(id="r", text=TEXT))
    words = annotated.words.words
    assert annotated.tags[words.index("killed")] == "V"
    assert annotated.tags[words.index("monday")] == "T"


def test_words_across_an_answer_belong_to_the_other_event() -> None:
    annotated = annotate(Report(id="r", text="The army bombed a camp in retaliation for a rocket attack."))
    words = annotated.words.words
    at = words.index("rocket")
    trigger = next(one for one in annotated.triggers if one.entry.name == "bomb")
    assert annotated.is_across_answer(trigger, at, at + 1)
    assert not annotated.is_across_answer(trigger, words.index("camp"), words.index("camp") + 1)


def test_finds_of_a_sentence_are_listed_by_offset() -> None:
    annotated = annotate(Report(id="r", text=TEXT))
    second = annotated.sentences[1]
    assert [one.text for one in within(annotated.weapons, second.start, second.end)] == ["car bomb"]
    assert annotated.sentence_at(second.start) is second
