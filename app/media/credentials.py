"""What the newsroom is told of the content credentials of a picture (C2PA)."""

from __future__ import annotations

from collections.abc import Mapping

_STATES = {
    "Trusted": "The file is as it was signed, and the signer is known.",
    "Valid": "The file is as it was signed. Whether the signer is who they say is not known.",
}
_ALTERED = "They do not fit the file: it was altered after it was signed."


def credentials_said(credentials: Mapping[str, str] | None) -> str:
    """Sentences about the credentials, empty if the file has none."""
    if not credentials:
        return ""
    signer, tool = credentials.get("signer"), credentials.get("tool")
    by = f" signed by {signer}" if signer else ""
    made = f", made with {tool}" if tool else ""
    state = _STATES.get(credentials.get("state", ""), _ALTERED)
    return f"It has content credentials{by}{made}. {state}"
