"""Headlines in Spanish, French and Arabic name people and things in that language, in its grammar."""

import pytest

from geo.incidents.headlines.headline import full_names_of, labels_of
from geo.incidents.headlines.phrases import adjectives, definite, nouns
from geo.tables import people, targets

LANGUAGES = ("es", "fr", "ar")
ARABIC = frozenset(map(chr, range(0x0600, 0x0700)))


def called(name: str, lang: str) -> str:
    return labels_of("actor2", [name], lang)[0] or name


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_noun_of_people_and_things_has_its_word(lang: str) -> None:
    wanted = {form for row in (*people(), *targets()) for form in (row.noun, row.plural) if form}
    assert wanted - set(nouns(lang)) == set()
    assert all(noun.phrase for noun in nouns(lang).values())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_words_are_written_in_the_letters_of_the_language(lang: str) -> None:
    words = [noun.phrase for noun in nouns(lang).values()] + [
        form for four in adjectives(lang).values() for form in four
    ]
    for text in words:
        letters = {letter for letter in text if letter.isalpha()}
        assert letters <= ARABIC if lang == "ar" else not letters & ARABIC, text
    assert all(len(four) == 4 for four in adjectives(lang).values())


@pytest.mark.parametrize("lang", ["es", "fr"])
def test_singular_nouns_have_an_article(lang: str) -> None:
    articles = ("un ", "una ", "une ", "el ", "la ", "le ", "los ", "las ", "les ", "l\u2019", "des ", "d\u2019", "M. ")
    singular = [noun.phrase for noun in nouns(lang).values() if not noun.plural]
    assert [phrase for phrase in singular if not f"{phrase} ".startswith((*articles, "Mme "))] == []


@pytest.mark.parametrize(
    ("name", "es", "fr", "ar"),
    [
        ("bakery", "una panadería", "une boulangerie", "مخبز"),
        ("mourners", "dolientes", "des personnes en deuil", "مشيعين"),
        ("Israeli soldiers", "soldados israelíes", "des soldats israéliens", "جنود إسرائيليين"),
        ("Iraqi women", "mujeres iraquíes", "des femmes irakiennes", "نساء عراقيات"),
        ("American soldier", "un soldado estadounidense", "un soldat américain", "جندي أمريكي"),
        ("military vehicles", "vehículos militares", "des véhicules militaires", "مركبات عسكرية"),
        ("Sunni mosque", "una mezquita suní", "une mosquée sunnite", "مسجد سني"),
        ("Palestinian police", "la policía palestina", "la police palestinienne", "الشرطة الفلسطينية"),
        ("Afghan government", "el gobierno afgano", "le gouvernement afghan", "الحكومة الأفغانية"),
        ("Palestinians", "palestinos", "des Palestiniens", "فلسطينيين"),
        ("women and children", "mujeres y niños", "des femmes et des enfants", "نساء وأطفال"),
        ("suspected militants", "presuntos militantes armados", "des militants armés présumés", "مسلحين مشتبه بهم"),
        ("President Trump", "el presidente Trump", "le président Trump", "الرئيس Trump"),
        ("Baghdad airport", "el aeropuerto de Bagdad", "l\u2019aéroport de Bagdad", "مطار بغداد"),
        ("supporters of Hezbollah", "partidarios de Hezbolá", "des partisans de le Hezbollah", "مناصرين من حزب الله"),
        (
            "leaders of the hardline Hamas group",
            "líderes de el grupo radical de Hamás",
            "des dirigeants de le groupe radical du Hamas",
            "زعماء من المجموعة المتشددة من حماس",
        ),
        (
            "Palestinian security installations",
            "instalaciones de seguridad palestinas",
            "des installations de sécurité palestiniennes",
            "منشآت أمنية فلسطينية",
        ),
        (
            "Israeli Prime Minister Ariel Sharon",
            "el primer ministro israelí Ariel Sharon",
            "le Premier ministre israélien Ariel Sharon",
            "رئيس الوزراء الإسرائيلي Ariel Sharon",
        ),
    ],
)
def test_phrases_agree_in_gender_and_number(name: str, es: str, fr: str, ar: str) -> None:
    assert tuple(called(name, lang) for lang in LANGUAGES) == (es, fr, ar)


@pytest.mark.parametrize(
    "name", ["Qassem Soleimani", "Red Army Chorus", "half of Kandahar", "National Guard", "a.m. lawmakers"]
)
def test_names_and_what_is_half_known_stay_as_they_are(name: str) -> None:
    assert called(name, "fr") == name


def test_a_definite_phrase_has_the_article_of_its_language() -> None:
    assert definite("un hôpital", "fr") == "l\u2019hôpital"
    assert definite("una base", "es") == "la base"
    assert definite("قاعدة جوية", "ar") == "القاعدة الجوية"
    assert definite("وزير دفاع", "ar") == "وزير الدفاع"


def test_details_name_everybody_of_a_cell_in_the_language() -> None:
    cell = "women; Israeli soldiers; Qassem Soleimani"
    assert full_names_of("actor2", [cell], "es") == ["mujeres; soldados israelíes; Qassem Soleimani"]
    assert full_names_of("actor2", [cell], "en") == [None]
    assert full_names_of("place_name", ["Baghdad"], "es") == [None]


def test_people_go_without_saying_beside_others() -> None:
    assert called("people; police station", "en") == "police station"
    assert called("people; women; bus", "fr") == "des femmes et un bus"
    assert called("people", "en") == "people"
    assert full_names_of("actor2", ["people; bus"], "fr") == ["des personnes; un bus"]
