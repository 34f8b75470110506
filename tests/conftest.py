"""What the tests share: where the real data lie, and how a missing client is said."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, Playwright, sync_playwright

# How long an example takes says more about the machine's other work than about the code.
settings.register_profile("geo", deadline=None)
settings.load_profile("geo")

# What whoever runs the tests has added to geo's words changes no result.
os.environ["GEO_VOCABULARY"] = os.devnull

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
REQUIRED = bool(os.environ.get("GEO_REQUIRE_CLIENTS"))


def missing(what: str) -> None:
    """Skip for want of `what`, or fail where CI says that nothing may be missing."""
    if REQUIRED:
        pytest.fail(f"{what} is missing, and GEO_REQUIRE_CLIENTS is set")
    pytest.skip(f"{what} is missing")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real articles and evaluation sets, which a newcomer does not have."""
    if not SHARED.is_dir():
        missing("../shared")
    return SHARED


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of Debian's Chromium."""
    path = shutil.which("chromium")
    if path is None:
        missing("chromium")
    return str(path)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """One driver for the run: a thread can hold only one."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright, chromium: str) -> Iterator[Browser]:
    opened = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
    yield opened
    opened.close()
