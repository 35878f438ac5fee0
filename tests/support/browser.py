"""A real Chromium for the tests, driven by Playwright: used by the fixtures of the conftest."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Browser, Page, sync_playwright

from scripts import browser as programs

FLAGS = (
    "--headless",
    "--no-sandbox",  # it may run as root, and visits this machine only
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-quic",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",  # a container's is small
)
# Left out by axe-core unless asked for; targets are part of WCAG 2.2 AA.
RULES = {
    "rules": {name: {"enabled": True} for name in ("target-size", "label-content-name-mismatch")}
}
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")


@contextmanager
def running_browser() -> Iterator[Browser]:
    """Start the machine's Chromium; close it at the end.

    Raises `RuntimeError` saying how to get one when there is none.
    """
    path = programs.find()
    if path is None:
        raise RuntimeError(programs.HOW_TO)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


def accessibility_faults(page: Page) -> list[str]:
    """Every rule of axe-core that the page breaks: the rule, its help and the elements concerned.

    Best practices are among the rules. Run in an isolated world of the page, so that a strict content
    policy does not forbid it; called again on the same page, it finds axe-core there.
    """
    session = page.context.new_cdp_session(page)
    frame = session.send("Page.getFrameTree")["frameTree"]["frame"]["id"]
    asked = {"frameId": frame, "worldName": "axe"}
    world = session.send("Page.createIsolatedWorld", asked)["executionContextId"]
    if not _evaluate(session, world, "typeof axe === 'object'"):
        _evaluate(session, world, AXE.read_text("utf-8"))
    found = _evaluate(
        session, world, f"axe.run({json.dumps(RULES)}).then(({{violations}}) => violations)"
    )
    session.detach()
    return [_described(fault) for fault in found]


def _evaluate(session: Any, world: int, expression: str) -> Any:
    answer = session.send(
        "Runtime.evaluate",
        {
            "expression": expression,
            "contextId": world,
            "awaitPromise": True,
            "returnByValue": True,
        },
    )
    if "exceptionDetails" in answer:
        raise RuntimeError(answer["exceptionDetails"])
    return answer["result"].get("value")


def _described(fault: dict[str, Any]) -> str:
    where = ", ".join(str(node["target"]) for node in fault["nodes"])
    return f"{fault['id']}: {fault['help']} ({where})"
