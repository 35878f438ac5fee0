"""What the scripts decide (app/assets/tests/), asked in the Node that the development packages bring.

Node reads TypeScript as it is (its types are taken off), so nothing has to be installed or built. What the
scripts do to a page is tested in a real browser, beside this file.
"""

import re
import subprocess
from pathlib import Path

from tests.support.markup import NODE

ASSETS = Path(__file__).resolve().parents[2] / "app" / "assets"


def test_the_scripts_decide_rightly(tmp_path: Path) -> None:
    storage = ("--experimental-webstorage", f"--localstorage-file={tmp_path / 'storage'}")
    tests = sorted(str(path) for path in (ASSETS / "tests").glob("*.test.ts"))
    done = subprocess.run(
        [NODE, *storage, "--test", "--test-reporter=tap", *tests],
        cwd=ASSETS,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    passed = re.search(r"^# pass (\d+)$", done.stdout, re.MULTILINE)
    assert passed is not None, done.stdout
    assert int(passed[1]) >= len(tests), "Node found no tests"
