"""Firefox as distributions ship it, driven over WebDriver BiDi (w3.org/TR/webdriver-bidi).

It speaks that itself, so no program stands between: Selenium gives the connection, the standard the commands.
"""

import json
import re
import subprocess
from base64 import b64decode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from time import monotonic
from types import MappingProxyType
from typing import Any

from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.bidi.common import command_builder
from selenium.webdriver.remote.websocket_connection import WebSocketConnection

from tests.support.engines import PATIENCE, Windows

WAIT = 60  # seconds, for one answer: the machine may be busy
OFTEN = 0.01  # seconds between looks for an answer
LISTENS = re.compile(r"WebDriver BiDi listening on (ws://\S+)")
ENTER = "\ue007"  # w3.org/TR/webdriver, keyboard actions
# Nothing is asked of the network but the site.
PREFERENCES = {
    "app.update.disabledForTesting": True,
    "browser.safebrowsing.downloads.remote.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.homepage_override.mstone": "ignore",
    "datareporting.policy.dataSubmissionEnabled": False,
    "extensions.update.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "",
    "toolkit.telemetry.reportingpolicy.firstRun": False,
}


class FirefoxWindow:
    """One tab in a profile of its own."""

    def __init__(self, connection: WebSocketConnection, context: str) -> None:
        self._connection = connection
        self._context = context

    def open(self, url: str) -> None:
        self._send("browsingContext.navigate", url=url, wait="complete")

    def run(self, expression: str) -> Any:
        # As text: the protocol's own form of values is made for more than tests need.
        asked = f"(async () => JSON.stringify([await ({expression})]))()"
        text = self._evaluated(asked)["value"]
        return json.loads(text)[0]

    def click(self, selector: str) -> None:
        end = monotonic() + PATIENCE
        while not self._clicked(selector):
            if monotonic() > end:
                raise AssertionError(f"never stayed in the window: {selector}")

    def type(self, selector: str, text: str) -> None:
        self.click(selector)
        keys = [
            {"type": each, "value": key} for key in text + ENTER for each in ("keyDown", "keyUp")
        ]
        self._act({"type": "key", "id": "keyboard", "actions": keys})

    def back(self) -> None:
        self._send("browsingContext.traverseHistory", delta=-1)

    def reload(self) -> None:
        self._send("browsingContext.reload", wait="complete")

    def resize(self, width: int, height: int) -> None:
        self._send("browsingContext.setViewport", viewport={"width": width, "height": height})

    def screenshot(self, path: Path) -> None:
        path.write_bytes(b64decode(self._send("browsingContext.captureScreenshot")["data"]))

    def _clicked(self, selector: str) -> bool:
        """Click the element; say whether it still was in the window, which a page that loads may scroll."""
        element = {"type": "element", "element": {"sharedId": self._element(selector)}}
        move = {"type": "pointerMove", "x": 0, "y": 0, "origin": element}
        press = [{"type": each, "button": 0} for each in ("pointerDown", "pointerUp")]
        try:
            self._act({"type": "pointer", "id": "mouse", "actions": [move, *press]})
        except WebDriverException as error:
            if "out of bounds" not in str(error):
                raise
            return False
        return True

    def _element(self, selector: str) -> str:
        """The protocol's name of the element, once it is in the middle of the window."""
        asked = f"""(async () => {{
            const found = document.querySelector({selector!r});
            found.scrollIntoView({{block: "center", behavior: "instant"}});
            await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
            return found;
        }})()"""
        name: str = self._evaluated(asked)["sharedId"]
        return name

    def _evaluated(self, expression: str) -> Mapping[str, Any]:
        target = {"context": self._context}
        command = {"expression": expression, "target": target, "awaitPromise": True}
        answer = told(self._connection, "script.evaluate", command | {"userActivation": True})
        if answer["type"] == "exception":
            raise RuntimeError(answer["exceptionDetails"]["text"])
        value: Mapping[str, Any] = answer["result"]
        return value

    def _act(self, source: Mapping[str, Any]) -> None:
        self._send("input.performActions", actions=[source])

    def _send(self, command: str, **given: Any) -> Any:
        return told(self._connection, command, {"context": self._context} | given)


def told(connection: WebSocketConnection, command: str, given: dict[str, Any]) -> Any:
    """What Firefox answers to a command. Raises `WebDriverException` with its words when it refuses."""
    return connection.execute(command_builder(command, given))


@contextmanager
def running_firefox(
    program: Path, preferences: Mapping[str, Any] = MappingProxyType({})
) -> Iterator[Windows]:
    """Start `program` with `preferences` besides those that tests need; end it with the block."""
    with TemporaryDirectory() as profile:
        write_preferences(Path(profile), preferences)
        command = [str(program), "--headless", "--no-remote", "--profile", profile]
        with subprocess.Popen(
            [*command, "--remote-debugging-port", "0"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        ) as firefox:
            try:
                connection = WebSocketConnection(f"{address_of(firefox)}/session", WAIT, OFTEN)
                told(connection, "session.new", {"capabilities": {}})
                yield lambda: _window(connection)
                told(connection, "browser.close", {})
                connection.close()
            finally:
                firefox.terminate()


def write_preferences(profile: Path, further: Mapping[str, Any]) -> None:
    """Make the profile one that starts at once and asks for nothing from elsewhere."""
    wanted = {**PREFERENCES, **further}.items()
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in wanted]
    (profile / "user.js").write_text("\n".join(lines), "utf-8")


def address_of(firefox: subprocess.Popen[str]) -> str:
    """Where it listens, once it does; what it says afterwards is read so that it never waits."""
    assert firefox.stderr
    said = ""
    for line in firefox.stderr:
        said += line
        if found := LISTENS.search(line):
            Thread(target=firefox.stderr.read, daemon=True).start()
            return found[1]
    raise RuntimeError(f"Firefox did not start: {said}")


@contextmanager
def _window(connection: WebSocketConnection) -> Iterator[FirefoxWindow]:
    profile = told(connection, "browser.createUserContext", {})
    tab = told(connection, "browsingContext.create", {"type": "tab"} | profile)
    window = FirefoxWindow(connection, tab["context"])
    window.resize(1280, 720)
    yield window
    told(connection, "browser.removeUserContext", profile)
