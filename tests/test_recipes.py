"""The recipes of geo/README.md, followed to the letter on a copy of the package: so many files, and it works."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


class Copy:
    """A copy of the package and its tables, to be changed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        ignored = shutil.ignore_patterns("built", "node_modules", "__pycache__")
        shutil.copytree(ROOT / "geo", folder / "geo", ignore=ignored)
        shutil.copytree(ROOT / "data", folder / "data")
        (folder / "geo" / "built").symlink_to(ROOT / "geo" / "built")
        (folder / "seeds").symlink_to(ROOT / "seeds")

    def add_file(self, name: str, text: str) -> None:
        assert not (self.folder / name).exists()
        (self.folder / name).parent.mkdir(exist_ok=True)
        (self.folder / name).write_text(text, encoding="utf-8")

    def add_line(self, name: str, before: str, line: str) -> None:
        self.change(name, before, f"{line}\n{before}")

    def change(self, name: str, old: str, new: str) -> None:
        text = (self.folder / name).read_text(encoding="utf-8")
        assert text.count(old) == 1
        (self.folder / name).write_text(text.replace(old, new), encoding="utf-8")

    def add_rows(self, name: str, *rows: str) -> None:
        with (self.folder / name).open("a", encoding="utf-8") as table:
            table.writelines(f"{row}\n" for row in rows)

    def run(self, code: str) -> str:
        env = {**os.environ, "PYTHONPATH": str(self.folder), "GEO_VOCABULARY": str(self.folder / "words")}
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=self.folder, env=env, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return Copy(tmp_path)


def test_a_trigger_word_and_a_noun_are_one_row_of_a_table_each(copy: Copy) -> None:
    code = (
        "from geo.extraction import extract_report\nfrom geo.report import Report\n"
        'for words in ("Flumpers smoaked", "Crumpers smoaked", "Flumpers droaked"):\n'
        '    report = Report(id="r", text=f"{words} a bakery in Mosul on Monday.")\n'
        "    print([(one.sub_event_type, one.actor1) for one in extract_report(report, 0.0)])"
    )
    copy.add_rows("data/events/triggers.csv", "smoak,verb,,Attack,agent_patient,0.9,")
    copy.add_rows("data/language/people.csv", "flumper,flumpers,civilian,")
    assert copy.run(code) == "[('Attack', 'Flumpers')]\n[('Attack', None)]\n[]"


@pytest.mark.slow
def test_a_place_is_one_row_and_a_new_index(copy: Copy) -> None:
    built = copy.folder / "geo" / "built"
    built.unlink()
    built.mkdir()
    for part in (ROOT / "geo" / "built").iterdir():
        if part.name != "gazetteer":
            (built / part.name).symlink_to(part)
    copy.add_rows("data/gazetteer/places_towns.csv", ",Qarmisola,,settlement,PPL,6.25,33.75,SS,4000,compiled")
    code = (
        "import geo, geo.building as building\nbuilding.STEPS = {'gazetteer': building.STEPS['gazetteer']}\n"
        "building.build_all()\n"
        "(place,) = geo.geoparse('Gunmen raided Qarmisola on Monday.').itertuples()\n"
        "print(place.name, place.country_code, place.geometry.y)"
    )
    assert copy.run(code) == "Qarmisola SS 6.25"


def test_an_input_format_is_one_module_and_one_line(copy: Copy) -> None:
    copy.add_file(
        "geo/reading/documents/subtitles.py",
        '''"""Read subtitles (.srt): their lines as one text."""

from collections.abc import Iterator
from pathlib import Path

from geo.reading.documents.document import Document, OnNote


def documents(path: Path, on_note: OnNote) -> Iterator[Document]:
    """Yield the text of all subtitles."""
    lines = path.read_text(encoding="utf-8").splitlines()
    yield Document(text=" ".join(line for line in lines if line and not line.isdigit() and "-->" not in line))
''',
    )
    copy.add_line(
        "geo/reading/documents/formats.py",
        '        Format("epub",',
        '        Format("subtitles", (".srt",), "subtitles", "subtitles"),',
    )
    copy.add_file(
        "news.srt", "1\n00:00:01,000 --> 00:00:02,000\nGunmen killed two bakers\n\n2\n00:00:03,000 --> 4\nin Mosul.\n"
    )
    assert copy.run('import geo; print(geo.read(["news.srt"])[0].text)') == "Gunmen killed two bakers in Mosul."


@pytest.mark.slow
def test_an_output_format_is_one_module_and_one_line(copy: Copy) -> None:
    copy.add_file(
        "geo/exporting/points.py",
        '''"""Write points as lines of longitude, latitude and id."""

from collections.abc import Callable
from pathlib import Path

import geopandas as gpd

from geo.errors import GeoError


def write(layer: gpd.GeoDataFrame, path: Path, *, name: str) -> None:
    """Write one line for each row."""
    rows = zip(layer.geometry.x, layer.geometry.y, layer["incident_id"], strict=True)
    path.write_text("".join(f"{lon}\\t{lat}\\t{key}\\n" for lon, lat, key in rows), encoding="utf-8")


def read(path: Path, on_problem: Callable[[GeoError], None]) -> gpd.GeoDataFrame:
    """Read the lines back."""
    rows = [line.split("\\t") for line in path.read_text(encoding="utf-8").splitlines()]
    points = gpd.points_from_xy([float(row[0]) for row in rows], [float(row[1]) for row in rows])
    return gpd.GeoDataFrame({"incident_id": [row[2] for row in rows]}, geometry=points, crs="EPSG:4326")
''',
    )
    copy.add_line("geo/exporting/formats.py", '    ".xlsx": "xlsx",', '    ".points": "points",')
    code = (
        "import geo\nfrom geo.exporting import read_layer\n"
        'incidents = geo.extract(geo.read(["seeds/2019-12-28-kirkuk-base.md"]))\n'
        'incidents = incidents[~incidents.geometry.isna()]\ngeo.write_layer(incidents, "out.points")\n'
        'print(list(read_layer("out.points")["incident_id"]) == list(incidents["incident_id"]), len(incidents) > 0)'
    )
    assert copy.run(code) == "True True"


@pytest.mark.slow
def test_a_dataset_of_incidents_is_rows_of_tables(copy: Copy) -> None:
    copy.add_rows("data/importing/datasets.csv", "Ledger,ledger,ledger_no deed parish,,,day,day first,,,")
    copy.add_rows(
        "data/importing/columns.csv",
        "Ledger,incident_id,ledger_no,id",
        "Ledger,killed_min,dead,least",
        "Ledger,place_name,parish,first",
        "Ledger,_lat,y,first",
        "Ledger,_lon,x,first",
        "Ledger,_day,noted,first",
    )
    copy.add_rows("data/importing/types.csv", "Ledger,deed=skirmish,,Armed clash,", "Ledger,deed=talks,,,no")
    copy.add_rows("data/importing/places.csv", "Ledger,*,,settlement,5000,,")
    copy.add_file(
        "ledger.csv",
        "ledger_no,deed,parish,noted,dead,y,x\n7,skirmish,Mosul,2020-03-09,4,36.34,43.13\n8,talks,Mosul,2020-03-10,,36.34,43.13\n",
    )
    code = (
        'import geo\nlayer = geo.read_layer("ledger.csv")\n'
        'print(layer[["sub_event_type", "place_name", "date_start", "killed_min", "uncertainty_m"]].astype(str).values.tolist())'
    )
    assert copy.run(code) == "[['Armed clash', 'Mosul', '2020-03-09', '4', '5000.0']]"


NIGHT = '''"""Decide whether an incident happened by night (data/models/night_weights.csv)."""

from typing import Final

from geo.extraction.annotations import AnnotatedReport
from geo.extraction.coreference.clusters import EventCluster
from geo.extraction.linear_model import odds, read_model, weigh_all

TABLE: Final = "models/night_weights.csv"
NIGHT: Final = "night"


def night_features(annotated: AnnotatedReport, cluster: EventCluster) -> set[str]:
    """List the words of its sentences."""
    spans = (annotated.words.words[one.sentence.first : one.sentence.stop] for one in cluster.mentions)
    return {f"word {word}" for span in spans for word in span}


def is_by_night(annotated: AnnotatedReport, cluster: EventCluster) -> bool:
    """Return whether an incident is more likely by night than by day."""
    return weigh_all(odds(read_model(TABLE), NIGHT), night_features(annotated, cluster)) > 0
'''
NIGHT_STAGE = '''"""Learn what happens by night: data/models/night_weights.csv."""

from collections.abc import Sequence
from typing import Final

from geo.extraction.annotations import AnnotatedReport
from geo.extraction.arguments.daytime import night
from geo.extraction.linear_model import LinearModel
from geo.training import sets
from geo.training.cross_fitting import Drafted
from geo.training.stages.participant_examples import OTHER, Example, fit_examples

TABLE: Final = night.TABLE
NOTE: Final = "How much each word speaks for an incident by night."
SETS: Final = (sets.SHORT,)


def examples(name: str, annotated: AnnotatedReport, drafted: Drafted) -> list[Example]:
    """Label the incidents of a report."""
    return [
        Example(name, annotated.report.id, dict.fromkeys(features, 1.0), night.NIGHT if "word night" in features else OTHER)
        for draft in drafted()
        for features in [night.night_features(annotated, draft.cluster)]
    ]


def learn(some: Sequence[Example]) -> LinearModel:
    """Learn the words of the night."""
    return fit_examples(some, least_reports=1)
'''
LEARN_NIGHT = """
from pathlib import Path
from geo.extraction.annotations import annotate
from geo.training import accuracy, cross_fitting, linear_fit, sets
from geo.training.stages import night

assert (night,) in accuracy.ROUNDS
keys = {key["id"]: key["incidents"] for key in sets.keys(sets.SHORT)}
own = [report for report in sets.reports(sets.SHORT) if keys[report.id][0]["actor1"]]
some = [report for report in own if " night" in report.text][:12] + own[:12]
fitted = cross_fitting.cross_fit([(night,)], {sets.SHORT: [annotate(report) for report in some]})
linear_fit.write(night.learn(fitted.examples[night.TABLE]), Path("data") / night.TABLE, night.NOTE)
"""
ASK_NIGHT = """
from geo.extraction.annotations import annotate
from geo.extraction.arguments.daytime.night import is_by_night
from geo.extraction.pipeline import draft_incidents
from geo.report import Report

for when in ("night", "noon"):
    annotated = annotate(Report(id="r", text=f"Gunmen shot two bakers in Mosul at {when}."))
    print([is_by_night(annotated, draft.cluster) for draft in draft_incidents(annotated)])
"""


@pytest.mark.slow
def test_a_learned_component_is_a_module_a_stage_and_a_table(copy: Copy) -> None:
    copy.add_file("geo/extraction/arguments/daytime/__init__.py", '"""When on its day an incident happened."""\n')
    copy.add_file("geo/extraction/arguments/daytime/night.py", NIGHT)
    copy.add_file("data/models/night_weights.csv", "feature,class,weight\n")
    assert copy.run(ASK_NIGHT) == "[False]\n[False]", "nothing is learned yet"
    copy.add_file("geo/training/stages/night.py", NIGHT_STAGE)
    copy.add_line("geo/training/accuracy.py", "    (confidence,),", "    (night,),")
    copy.add_line(
        "geo/training/accuracy.py", "from geo.training.toponyms import", "from geo.training.stages import night"
    )
    copy.run(LEARN_NIGHT)
    assert copy.run(ASK_NIGHT) == "[True]\n[False]"


SPANISH_DAYS = "lunes martes miércoles jueves viernes sábado domingo".split()
SPANISH = {
    "data/events/triggers.csv": ["mataron,verb,,Attack,agent_patient,0.9,"],
    "data/events/effects.csv": ["mataron,killed,done"],
    "data/language/people.csv": ["miliciano,milicianos,militia,", "panadero,panaderos,civilian,"],
    "data/language/word_classes.csv": ["determiner,el la los las un una", "preposition,a en de"],
    "data/language/word_roles.csv": ["en,locative"],
    "data/language/calendar_words.csv": [f"{word},weekday,{number}" for number, word in enumerate(SPANISH_DAYS)],
}
SPANISH_REPORT = "Milicianos mataron a 2 panaderos en Mosul el lunes. La policía dijo que los hombres vivían en la ciudad desde niños."
READ_SPANISH = """
import geo
from geo.extraction import extract_report

for report in geo.read(["es.md"]):
    for one in extract_report(report, 0.0):
        print(one.sub_event_type, one.actor1, one.killed_min, one.actor2, one.place_name, one.date_start)
"""


@pytest.mark.slow
def test_a_language_is_rows_of_tables_and_changes_in_three_modules(copy: Copy) -> None:
    copy.add_file("es.md", f"---\npublished: 2020-03-11\n---\n{SPANISH_REPORT}\n")
    for name, rows in SPANISH.items():
        copy.add_rows(name, *rows)
    copy.change("geo/reading/language.py", 'code == "en"', 'code in {"en", "es"}')
    patterns, rules = "geo/extraction/temporal/timex_patterns.py", "geo/extraction/temporal/timex_rules.py"
    copy.change(patterns, "|saturday|sunday)", f"|saturday|sunday|{'|'.join(SPANISH_DAYS)})")
    copy.change(rules, '"saturday", "sunday"),', f'"saturday", "sunday", *{SPANISH_DAYS}),')
    assert copy.run(READ_SPANISH) == "Attack Milicianos 2 panaderos Mosul 2020-03-09"
