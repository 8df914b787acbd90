"""Debian's chromium, driven over a pair of pipes by the DevTools protocol: what a person would see of a page."""

import base64
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO


def program() -> str | None:
    return shutil.which("chromium")


class Page:
    """One tab. `loaded` are the addresses that it asked for."""

    def __init__(self, to_browser: BinaryIO, from_browser: BinaryIO) -> None:
        self.loaded: list[str] = []
        self.complaints: list[str] = []
        self._to, self._from = to_browser, from_browser
        self._events: list[str] = []
        self._session = ""
        self._number = 0
        target = self._call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Network", "Log"):
            self._call(f"{domain}.enable")

    def open(self, file: Path, width: int = 1200) -> None:
        """And wait until it is there."""
        self._call("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=2, mobile=False)
        self._events.clear()
        self._call("Page.navigate", url=file.as_uri())
        while "Page.loadEventFired" not in self._events:
            self._receive()

    def ask(self, expression: str) -> Any:
        """The value of a JavaScript expression in the page."""
        answer = self._call("Runtime.evaluate", expression=expression, returnByValue=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(answer["exceptionDetails"])
        return answer["result"].get("value")

    def box(self, selector: str) -> dict[str, float]:
        """x, y, width, height on the whole page."""
        found: dict[str, float] = self.ask(
            f"(r => ({{x: r.x + scrollX, y: r.y + scrollY, width: r.width, height: r.height}}))"
            f"(document.querySelector({selector!r}).getBoundingClientRect())"
        )
        return found

    def screenshot(self, selector: str = "body") -> bytes:
        """PNG of an element, wherever on the page it is; two pixels a unit."""
        clip = self.box(selector) | {"scale": 1}
        return base64.b64decode(self._call("Page.captureScreenshot", clip=clip, captureBeyondViewport=True)["data"])

    def pdf(self) -> bytes:
        return base64.b64decode(self._call("Page.printToPDF", preferCSSPageSize=True)["data"])

    def _call(self, method: str, **parameters: Any) -> dict[str, Any]:
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        self._to.write(json.dumps(message).encode() + b"\0")
        self._to.flush()
        while (answer := self._receive()).get("id") != self._number:
            pass
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']}")
        result: dict[str, Any] = answer["result"]
        return result

    def _receive(self) -> dict[str, Any]:
        text = bytearray()
        while (byte := self._from.read(1)) != b"\0":
            if not byte:
                raise RuntimeError("chromium has ended")
            text += byte
        message: dict[str, Any] = json.loads(text)
        self._events.append(message.get("method", ""))
        if message.get("method") == "Network.requestWillBeSent":
            self.loaded.append(message["params"]["request"]["url"])
        if message.get("method") == "Log.entryAdded":
            self.complaints.append(message["params"]["entry"]["text"])
        return message


@contextmanager
def opened(chromium: str, profile: Path) -> Iterator[Page]:
    """Without sandbox, which root cannot have, and without network."""
    our_end_in, their_out = os.pipe()
    their_in, our_end_out = os.pipe()
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run", "--disable-dev-shm-usage"]
    command = [chromium, *options, f"--user-data-dir={profile}", "--proxy-server=127.0.0.1:1", "--remote-debugging-pipe"]
    # The protocol's ends are the file descriptors 3 and 4.
    process = subprocess.Popen(
        ["bash", "-c", f'exec "$@" 3<&{their_in} 4>&{their_out}', "bash", *command],
        pass_fds=(their_in, their_out),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(their_in)
    os.close(their_out)
    try:
        with os.fdopen(our_end_out, "wb") as to_browser, os.fdopen(our_end_in, "rb") as from_browser:
            yield Page(to_browser, from_browser)
    finally:
        process.terminate()
        process.wait(timeout=30)
