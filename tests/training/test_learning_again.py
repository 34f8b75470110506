"""The same input gives the same tables, byte for byte: `make learn` in the small, without ../shared."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

LEARN_A_FEW = """
import sys
from functools import partial
from pathlib import Path
from geo.extraction.annotations import annotate
from geo.extraction.pipeline import draft_incidents
from geo.training import linear_fit, sets
from geo.training.stages import event_type, perpetrator, victims

own = [report for report, key in zip(sets.reports(sets.SHORT), sets.keys(sets.SHORT)) if key["incidents"][0]["actor1"]]
readings = [annotate(report) for report in own[:40]]
for stage in (event_type, perpetrator, victims):
    examples = [one for read in readings for one in stage.examples(sets.SHORT, read, partial(draft_incidents, read))]
    linear_fit.write(stage.learn(examples), Path(sys.argv[1]) / Path(stage.TABLE).name, stage.NOTE)
"""


def learn(folder: Path, seed: str) -> dict[str, bytes]:
    folder.mkdir()
    environment = os.environ | {"PYTHONHASHSEED": seed}
    subprocess.run(
        [sys.executable, "-c", LEARN_A_FEW, folder], check=True, capture_output=True, cwd=ROOT, env=environment
    )
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.slow
def test_the_order_of_sets_changes_no_byte_of_what_is_learned(tmp_path) -> None:
    one, other = learn(tmp_path / "one", "1"), learn(tmp_path / "other", "2")
    assert one == other
    assert {name: table.count(b"\n") > 20 for name, table in one.items()} == {
        "event_type_weights.csv": True,
        "perpetrator_weights.csv": True,
        "victim_weights.csv": True,
    }
