"""A corpus that is read on a cluster gives the rows of `geo.extract`, whoever is killed on the way."""

import json
import os
import random
import signal
import socket
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import dask
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from distributed import Client, LocalCluster
from typer.testing import CliRunner

import geo
import geo.distributed
from geo.cli import app
from geo.distributed.parts import SourceFile, cut, reports_of
from geo.distributed.running import run
from geo.errors import ClusterError, ExportError, InputError
from tests.distributed.killing import PART_BYTES, Cluster, after_killing, contents, undisturbed, write_corpus

pytestmark = pytest.mark.filterwarnings("default")  # Dask's own


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    with (
        LocalCluster(1, threads_per_worker=1, processes=False, dashboard_address="127.0.0.1:0") as here,
        Client(here) as one,
    ):
        yield one


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus") / "reports"
    write_corpus(folder)
    return folder


@pytest.fixture(scope="module")
def dataset(corpus: Path, client: Client) -> Path:
    out = corpus.parent / "dataset"
    geo.distributed.extract(corpus, out, client, part_bytes=PART_BYTES)
    return out


def rows(layer: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(layer.sort_values("incident_id", ignore_index=True))


def test_the_rows_are_those_of_reading_all_in_one_process(corpus: Path, dataset: Path) -> None:
    expected = geo.extract(geo.read(corpus), jobs=1)
    assert expected["report_ids"].str.len().max() > 1
    pd.testing.assert_frame_equal(rows(geo.read_layer(dataset)), rows(expected), check_like=True)


def test_the_dataset_is_parted_by_month_and_says_where_its_shapes_lie(dataset: Path) -> None:
    assert {"month=2020-01", "month=2020-03", "month=2020-06"} <= {p.name for p in dataset.iterdir()}
    about = json.loads(pq.read_schema(dataset / "month=2020-03" / "part-0.parquet").metadata[b"geo"])
    assert about["columns"]["geometry"]["covering"]["bbox"]["xmin"] == ["bbox", "xmin"]


def test_parts_of_any_size_give_the_same_dataset(corpus: Path, dataset: Path, client: Client, tmp_path: Path) -> None:
    made = geo.distributed.extract(corpus, tmp_path / "d", client, part_bytes=10**6)
    assert made.parts == 2
    expected = {name: value for name, value in contents(dataset).items() if name != "_manifest.json"}
    assert {name: value for name, value in contents(tmp_path / "d").items() if name != "_manifest.json"} == expected


def test_what_is_written_is_not_read_again_and_new_files_are_added(
    corpus: Path, client: Client, tmp_path: Path
) -> None:
    source, out = tmp_path / "reports", tmp_path / "dataset"
    source.mkdir()
    (source / "a.jsonl").write_bytes((corpus / "a.jsonl").read_bytes())
    first = geo.distributed.extract(source, out, client, part_bytes=PART_BYTES)
    assert first.parts_read == first.parts
    assert geo.distributed.extract(source, out, client, part_bytes=PART_BYTES).parts_read == 0
    (source / "b.jsonl").write_bytes((corpus / "b.jsonl").read_bytes())
    both = geo.distributed.extract(source, out, client, part_bytes=PART_BYTES)
    assert both.parts_read == both.parts - first.parts
    pd.testing.assert_frame_equal(
        rows(geo.read_layer(out)), rows(geo.extract(geo.read(source), jobs=1)), check_like=True
    )


def test_a_report_that_two_parts_have_is_read_once_and_named(corpus: Path, client: Client, tmp_path: Path) -> None:
    source = tmp_path / "reports"
    source.mkdir()
    for name in ("a.jsonl", "again.jsonl"):
        (source / name).write_bytes((corpus / "a.jsonl").read_bytes())
    said: list[str] = []
    geo.distributed.extract(source, tmp_path / "d", client, part_bytes=10**6, on_problem=lambda p: said.append(str(p)))
    assert ["used before" in line for line in said] == [True]
    expected = geo.extract(geo.read(corpus / "a.jsonl"), jobs=1)
    pd.testing.assert_frame_equal(rows(geo.read_layer(tmp_path / "d")), rows(expected), check_like=True)


def test_a_folder_with_something_else_in_it_is_left_alone(corpus: Path, client: Client, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x", encoding="utf-8")
    with pytest.raises(ExportError, match=r"mine\.txt"):
        geo.distributed.extract(corpus, tmp_path, client)


@pytest.mark.parametrize("part_bytes", [1, 400, 3_000, 10**9])
def test_json_lines_are_cut_where_lines_end_and_keep_their_numbers(tmp_path: Path, part_bytes: int) -> None:
    file = tmp_path / "a.jsonl"
    texts = [f"Shells fell on village number {n} yesterday, residents said." + "é" * (n % 5) for n in range(40)]
    file.write_text("\n".join(json.dumps({"text": text}, ensure_ascii=False) for text in texts), encoding="utf-8")
    parts = cut(SourceFile(str(file), "", file.stat().st_size, 0), part_bytes)
    found = [report for part in parts for report in reports_of(part, None, pytest.fail)]
    assert [(report.id, report.text) for report in found] == [
        (f"a.jsonl:{n + 1}", text) for n, text in enumerate(texts)
    ]


def test_texts_in_parquet_are_reports(tmp_path: Path) -> None:
    file = tmp_path / "reports.parquet"
    texts = [f"Gunmen attacked a convoy near village {n}." for n in range(10)]
    pq.write_table(pa.table({"id": [f"p{n}" for n in range(10)], "text": texts}), file, row_group_size=3)
    parts = cut(SourceFile(str(file), "", file.stat().st_size, 0), 1)
    assert len(parts) == 4
    assert [r.id for part in parts for r in reports_of(part, None, pytest.fail)] == [f"p{n}" for n in range(10)]


def test_standard_input_is_refused(tmp_path: Path, client: Client) -> None:
    with pytest.raises(InputError, match="standard input"):
        geo.distributed.extract("-", tmp_path / "d", client)


def test_a_scheduler_that_is_not_there_is_named(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("geo.distributed.running.PATIENCE", 1)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    with pytest.raises(ClusterError, match=address):
        geo.distributed.extract(corpus, tmp_path / "d", address)


def deadly(number: int) -> int:
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return -number


def careful(number: int) -> int:
    """Do a task that was handed back without dying of it."""
    return 3 if number == 3 else deadly(number)


@pytest.mark.slow
def test_a_task_that_kills_every_worker_is_handed_back_and_the_rest_is_done() -> None:
    # Dask blames all that a dead worker had before it, and a single worker may have had all tasks: so innocent ones
    # can be handed back as well, and a machine with other work makes that likely. What comes of them is the same.
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 1}),
        LocalCluster(2, threads_per_worker=1, host="127.0.0.1", dashboard_address="127.0.0.1:0") as here,
        Client(here) as client,
    ):
        done = run(client, deadly, ((n,) for n in range(6)), what="trying", on_killed=careful)
        assert {result for _, result in done} == {0, -1, -2, 3, -4, -5}


@pytest.mark.slow
@pytest.mark.parametrize("what", ["worker", "scheduler", "client"])
def test_whoever_is_killed_the_dataset_is_the_same(what: str, corpus: Path, tmp_path: Path) -> None:
    running = Cluster(tmp_path / "cluster")
    try:
        undisturbed(corpus, tmp_path / "warm", running.address)
        seconds = undisturbed(corpus, tmp_path / "plain", running.address)
        for n in range(2):
            moment = random.Random(n).uniform(0.2, 0.8 * seconds)  # noqa: S311 - an accident, no secret
            _, running = after_killing(
                what, moment, source=corpus, out=tmp_path / f"{n}", scratch=tmp_path, running=running
            )
            assert contents(tmp_path / f"{n}") == contents(tmp_path / "plain")
    finally:
        running.stop()


def test_the_command_line_writes_a_dataset_and_maps_a_part_of_it(
    corpus: Path, client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("geo.distributed.extracting.a_client", lambda *_: nullcontext(client))
    out = tmp_path / "dataset"
    address = client.scheduler_info()["address"]
    made = CliRunner().invoke(app, ["extract", str(corpus), "-o", f"{out}/", "--cluster", address])
    assert made.exit_code == 0, made.output
    assert f"written to {out}/" in made.output
    drawn = CliRunner().invoke(app, ["map", str(out), "--where", "date == 2020-03", "-o", str(tmp_path / "map")])
    assert drawn.exit_code == 0, drawn.output
    assert set(geo.read_layer(tmp_path / "map" / "incidents.geojson")["date_start"].dt.month) == {3}


def test_a_cluster_without_a_folder_to_write_to_is_refused(corpus: Path) -> None:
    done = CliRunner().invoke(app, ["extract", str(corpus), "-o", "a.geojson", "--cluster", "tcp://127.0.0.1:1"])
    assert done.exit_code == 2
    assert "-o dataset/" in done.output
