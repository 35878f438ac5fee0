"""Runs programs to their end, and installs Debian's packages: for the scripts that find browsers."""

import os
import shutil
import subprocess

WAIT_FOR_ANSWER = 20  # seconds
WAIT_FOR_DOWNLOAD = 300  # seconds


def debian_packages(*names: str) -> bool:
    """Install Debian's packages, where that can be done without asking for a password."""
    if not shutil.which("apt-get"):
        return False
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if prefix and not (shutil.which("sudo") and succeeds(["sudo", "-n", "true"], WAIT_FOR_ANSWER)):
        return False
    print(f"Installing Debian's packages {', '.join(names)} …", flush=True)
    quiet = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet", "--yes"]
    return succeeds([*quiet, "update"], WAIT_FOR_DOWNLOAD) and succeeds(
        [*quiet, "install", "--no-install-recommends", *names], WAIT_FOR_DOWNLOAD
    )


def succeeds(command: list[str], seconds: int) -> bool:
    """Run a program quietly to its end. The reason is shown if it fails."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        print(f"  {error}", flush=True)
        return False
    if done.returncode:
        print(f"  {reason(done.stdout + done.stderr)}", flush=True)
    return done.returncode == 0


def reason(words: str) -> str:
    """The line of a failed program's words that says why."""
    lines = [line.strip() for line in words.splitlines() if line.strip()] or ["it said nothing"]
    return next((line for line in reversed(lines) if "rror" in line), lines[-1])
