"""Kill a worker, the scheduler or the client of a run at a random moment, run it again, and compare the datasets.

By hand: python -m tests.distributed.killing worker 10
"""

import hashlib
import json
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

PART_BYTES = 1_500
PLACES = ("Mosul", "Baghdad", "Kirkuk", "Ramadi", "Tikrit", "Basra", "Fallujah", "Erbil")
SENTENCES = (
    "{place}, {day} {month} 2020 - Three rockets hit a police station in {place} on {day} {month}, killing {dead} officers, police said.",
    "At least {dead} policemen were killed when rockets struck a police station in {place} on {day} {month} 2020, a doctor said.",
    "{place}, {day} {month} 2020 - A car bomb exploded at a market in {place} on Monday, killing {dead} people and wounding {hurt}.",
    "Militants shelled a village near {place} on {day} {month} 2020. The army answered with an air strike that killed {dead} militants.",
)


def write_corpus(folder: Path, number: int = 48) -> None:
    """Write reports in two files, so that several cover one event and not all in one part."""
    rng = random.Random(7)
    lines = []
    for n in range(number):
        place, day = rng.choice(PLACES), rng.choice((2, 9, 16, 23))
        month = rng.choice((1, 3, 6))
        parts = {"place": place, "day": day, "month": ("January", "March", "June")[month // 3]}
        text = rng.choice(SENTENCES).format(**parts, dead=rng.choice((4, 5)), hurt=n % 9 + 3)
        lines.append(json.dumps({"id": f"r{n}", "published": f"2020-{month:02}-{day + 1:02}", "text": text}) + "\n")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "a.jsonl").write_text("".join(lines[: number // 2]), encoding="utf-8")
    (folder / "b.jsonl").write_text("".join(lines[number // 2 :]), encoding="utf-8")


def contents(dataset: Path) -> dict[str, str]:
    """Say what readers of a dataset see, file by file."""
    files = [path for path in sorted(dataset.glob("*/*.parquet")) if not path.parent.name.startswith("_")]
    files += [dataset / "_manifest.json"]
    return {str(p.relative_to(dataset)): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


class Cluster:
    """A scheduler and two workers, each a process of its own."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        where = folder / "scheduler.json"
        where.unlink(missing_ok=True)
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder}
        command = [
            sys.executable,
            "-m",
            "distributed.cli.dask_scheduler",
            "--host",
            "127.0.0.1",
            "--port",
            "0",
            "--no-dashboard",
        ]
        self.scheduler = subprocess.Popen([*command, "--scheduler-file", where], **quiet)
        self.address = address_in(where, self.scheduler)
        command = [
            sys.executable,
            "-m",
            "distributed.cli.dask_worker",
            "--nworkers",
            "2",
            "--nthreads",
            "1",
            "--no-dashboard",
        ]
        self.nannies = subprocess.Popen([*command, "--scheduler-file", where, "--host", "127.0.0.1"], **quiet)

    def workers(self) -> list[psutil.Process]:
        """List the workers that run; one may end while they are counted, and none may have started yet."""
        found = []
        with suppress(psutil.NoSuchProcess):
            for process in psutil.Process(self.nannies.pid).children():
                with suppress(psutil.NoSuchProcess):
                    if "resource_tracker" not in " ".join(process.cmdline()):
                        found.append(process)
        return found

    def kill_a_worker(self) -> None:
        """Kill one of the workers, as soon as there is one."""
        while True:
            for process in random.sample(running := self.workers(), len(running)):
                with suppress(psutil.NoSuchProcess):
                    process.send_signal(signal.SIGKILL)
                    return
            assert self.nannies.poll() is None, "the workers' parent ended"
            time.sleep(0.05)

    def stop(self) -> None:
        for process in self.workers():
            with suppress(psutil.NoSuchProcess):
                process.kill()
        for process in (self.nannies, self.scheduler):
            process.kill()
            process.wait()


def address_in(file: Path, scheduler: "subprocess.Popen[bytes]") -> str:
    """Wait until a scheduler has written its address, all of it."""
    while True:
        with suppress(FileNotFoundError, json.JSONDecodeError):
            return str(json.loads(file.read_text(encoding="utf-8"))["address"])
        assert scheduler.poll() is None, "the scheduler ended"
        time.sleep(0.05)


@contextmanager
def cluster(folder: Path) -> Iterator[Cluster]:
    running = Cluster(folder)
    try:
        yield running
    finally:
        running.stop()


def start(source: Path, out: Path, address: str) -> "subprocess.Popen[bytes]":
    """Start a client of its own."""
    code = (
        f"import geo.distributed as d; d.extract({str(source)!r}, {str(out)!r}, {address!r}, part_bytes={PART_BYTES})"
    )
    return subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.PIPE)


def finish(client: "subprocess.Popen[bytes]", seconds: float = 300) -> tuple[int, str]:
    _, said = client.communicate(timeout=seconds)
    return client.returncode, said.decode()


def undisturbed(source: Path, out: Path, address: str) -> float:
    """Run without any accident; gives the seconds that it takes."""
    begin = time.monotonic()
    status, said = finish(start(source, out, address))
    assert status == 0, said
    return time.monotonic() - begin


def after_killing(
    what: str, moment: float, *, source: Path, out: Path, scratch: Path, running: Cluster
) -> tuple[str, Cluster]:
    """Kill something at a moment of the run, in seconds; run again if need be; gives what happened and the cluster."""
    client = start(source, out, running.address)
    time.sleep(moment)
    if client.poll() is not None:
        return "it was done before", running
    if what == "client":
        client.kill()
        client.communicate()
    elif what == "worker":
        running.kill_a_worker()
        status, said = finish(client)
        if status == 0:
            return f"killed after {moment:.1f} s, went on", running
        assert "ClusterError" in said, said
    else:
        running.scheduler.kill()
        status, said = finish(client)
        assert status == 0 or "ClusterError" in said, said  # 0: all was written before
        running.stop()
        running = Cluster(scratch / "again")
    status, said = finish(start(source, out, running.address))
    assert status == 0, said
    return f"killed after {moment:.1f} s, run again", running


def main(what: str, times: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        source = scratch / "reports"
        write_corpus(source)
        running = Cluster(scratch / "cluster")
        try:
            undisturbed(source, scratch / "warm", running.address)
            seconds = undisturbed(source, scratch / "plain", running.address)
            plain = contents(scratch / "plain")
            print(f"undisturbed: {seconds:.1f} s, {len(plain)} files", flush=True)
            for n in range(times):
                out = scratch / f"{what}{n}"
                moment = random.uniform(0.2, 0.9 * seconds)
                parts, running = after_killing(what, moment, source=source, out=out, scratch=scratch, running=running)
                same = contents(out) == plain
                print(f"{what} {n + 1}: {parts}; {'the same' if same else 'ANOTHER'} dataset", flush=True)
        finally:
            running.stop()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
