from geo.extraction.annotations import annotate
from geo.report import Report


def topics(text: str, title: str = ""):
    return annotate(Report(id="topics", text=text, title=title)).topics


def test_a_match_is_about_sport_and_no_sentence_of_it_is_about_courts() -> None:
    seen = topics("The striker scored twice for the champions. The coach praised his team after the match.").features(0)
    assert seen["sentence on sport"] == 1.0
    assert seen["beside sport"] == 1.0
    assert "sentence on court" not in seen


def test_the_headline_counts_by_itself() -> None:
    seen = topics("He was led away after two hours.", title="Jury convicts man after murder trial").features(0)
    assert seen["title on court"] == 1.0
    assert "sentence on court" not in seen


def test_more_of_the_same_words_change_nothing_of_the_share() -> None:
    text = "Gunmen attacked the village at night and killed two soldiers near the river on the road to the coast. "
    once, thrice = (topics(text * times).report["violence"] for times in (3, 9))
    assert abs(once - thrice) < 0.1


def test_two_words_do_not_make_a_short_note_a_report_on_their_topic() -> None:
    assert topics("The company was robbed.").features(0)["report on business"] < 0.5
