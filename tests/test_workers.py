"""Work spread over processes gives what one process gives, whatever happens to a worker."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from geo.workers import spread
from tests.conftest import slow_but


def lengths(text: str) -> tuple[str, int]:
    return text, len(text)


def fragile(text: str) -> str:
    if text == "fatal":
        os.kill(os.getpid(), signal.SIGKILL)
    if text == "wrong":
        msg = "a wrong text"
        raise ValueError(msg)
    return text.upper()


def never(text: str) -> None:
    pytest.fail(f"{text} was lost")


@pytest.mark.parametrize(("jobs", "chunk"), slow_but([(1, 1), (2, 3)], [(1, 1), (2, 3), (3, 50)]))
def test_results_come_in_the_order_of_the_items(jobs: int, chunk: int) -> None:
    items = ["x" * (n % 7) for n in range(100)]
    assert list(spread(lengths, items, jobs=jobs, chunk=chunk, on_lost=never)) == [lengths(item) for item in items]


def test_an_item_that_kills_its_worker_is_named_and_the_rest_is_done() -> None:
    lost: list[str] = []
    items = ["a", "b", "fatal", "c", *"defgh"]
    assert list(spread(fragile, items, jobs=2, chunk=4, on_lost=lost.append)) == list("ABCDEFGH")
    assert lost == ["fatal"]


def test_an_error_of_the_work_is_raised_here() -> None:
    with pytest.raises(ValueError, match="a wrong text"):
        list(spread(fragile, ["a", "wrong"], jobs=2, on_lost=never))


def test_items_are_taken_as_they_are_needed() -> None:
    taken = 0

    def stream() -> Iterator[str]:
        nonlocal taken
        for _ in range(100_000):
            taken += 1
            yield "x"

    results = spread(lengths, stream(), jobs=1, chunk=10, on_lost=never)
    assert next(results) == ("x", 1)
    assert taken < 1000
    results.close()


def test_no_worker_outlives_its_parent(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(
        "import time, sys\n"
        "from geo.workers import spread\n"
        "if __name__ == '__main__':\n"
        "    for result in spread(str, iter(int, 1), jobs=2, on_lost=print):\n"
        "        print('going', flush=True); time.sleep(60)\n",
        encoding="utf-8",
    )
    parent = subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, start_new_session=True)
    assert parent.stdout is not None
    assert parent.stdout.readline() == b"going\n"
    parent.kill()
    parent.communicate()
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            os.killpg(parent.pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    pytest.fail("a worker is still there")


@pytest.mark.slow
def test_a_script_needs_no_guard_for_reading_many_reports(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "import geo\n"
        "text = 'Gunmen killed two policemen in Basra on Monday.'\n"
        "reports = [geo.Report(id=str(n), text=text) for n in range(40)]\n"
        "print(len(geo.extract(reports, merge=False, jobs=2)))\n"
    )
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "40\n"), done.stderr[-500:]
