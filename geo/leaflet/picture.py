"""Take a picture of a page, for link previews: by a Chromium of this machine, without its window and the network.

The browser is controlled over a pipe, in the Chrome DevTools Protocol: JSON messages that end with a zero
byte. Its own `--screenshot` does not wait until the last words are placed.
"""

import base64
import json
import os
import select
import shutil
import signal
import tempfile
import time
from pathlib import Path
from typing import Any, Final, Self

from geo.atomic import whole_file

BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
SIZE: Final = (1200, 630)  # pixels: what pages that show links ask for
PATIENCE_S: Final = 90
FREE_FROM: Final = 10  # number of a file
READY: Final = "['ready', 'failed'].includes(document.documentElement.dataset.geoState)"


def take_picture(page: Path, out: Path) -> str | None:
    """Draw a page into a PNG of 1200 by 630 pixels: the map without header and panel.

    Args:
        page: The HTML file.
        out: The picture, written whole or not at all.

    Returns:
        The program that drew it; None where the machine has no Chromium that can be controlled, or it drew nothing.
    """
    program = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if program is None or os.name != "posix":
        return None
    with tempfile.TemporaryDirectory(prefix="geo-picture-", ignore_cleanup_errors=True) as folder:
        try:
            with _Browser(program, folder) as browser:
                made = browser.draw(f"{page.resolve().as_uri()}?embed&still")
        except (OSError, TimeoutError, KeyError):
            return None
    with whole_file(out) as temporary:
        temporary.write_bytes(made)
    return Path(program).name


class _Browser:
    """A browser at the other end of a pipe."""

    def __init__(self, program: str, folder: str) -> None:
        import fcntl  # noqa: PLC0415 - Windows has none

        options = ["--headless", "--remote-debugging-pipe", "--no-first-run", f"--user-data-dir={folder}"]
        options += ["--host-resolver-rules=MAP * ~NOTFOUND", "--hide-scrollbars"]
        # Chromium's own sandbox refuses to run for root; the page's policy lets it load nothing.
        options += ["--no-sandbox"] if os.geteuid() == 0 else []
        (theirs, self._to), (self._from, their_out) = os.pipe(), os.pipe()
        # The protocol wants the pipes as files 3 and 4; above these, neither can be taken for the other.
        ends = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, FREE_FROM) for end in (theirs, their_out)]
        silent = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_WRONLY, 0) for number in (1, 2)]
        given = [(os.POSIX_SPAWN_DUP2, end, number) for number, end in enumerate(ends, 3)]
        self._running = os.posix_spawn(program, [program, *options], os.environ, file_actions=[*silent, *given])
        for end in (theirs, their_out, *ends):
            os.close(end)
        self._until = time.monotonic() + PATIENCE_S
        self._sent, self._held = 0, b""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._to)
        os.close(self._from)
        os.kill(self._running, signal.SIGTERM)
        os.waitpid(self._running, 0)

    def draw(self, address: str) -> bytes:
        """Open a page, wait until it has drawn itself, and take its picture."""
        target = self._ask("Target.createTarget", url="about:blank")["targetId"]
        session = self._ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        size = {"width": SIZE[0], "height": SIZE[1], "deviceScaleFactor": 1, "mobile": False}
        self._ask("Emulation.setDeviceMetricsOverride", session, **size)
        self._ask("Page.navigate", session, url=address)
        while not self._ask("Runtime.evaluate", session, expression=READY).get("result", {}).get("value"):
            time.sleep(0.1)
        time.sleep(0.5)  # the frame in which the last words are placed
        return base64.b64decode(self._ask("Page.captureScreenshot", session, format="png")["data"])

    def _ask(self, method: str, session: str | None = None, **parameters: Any) -> dict[str, Any]:
        self._sent += 1
        message = {"id": self._sent, "method": method, "params": parameters}
        message |= {"sessionId": session} if session else {}
        os.write(self._to, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self._sent:
                found: dict[str, Any] = answer.get("result", {})  # none while one page gives way to the next
                return found

    def _next(self) -> dict[str, Any]:
        """Read one message."""
        while b"\0" not in self._held:
            if not select.select([self._from], [], [], max(self._until - time.monotonic(), 0))[0]:
                msg = "the browser does not answer"
                raise TimeoutError(msg)
            piece = os.read(self._from, 1 << 16)
            if not piece:
                msg = "the browser ended"
                raise OSError(msg)
            self._held += piece
        line, _, self._held = self._held.partition(b"\0")
        message: dict[str, Any] = json.loads(line)
        return message
