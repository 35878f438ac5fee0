"""Reads the content credentials of a file (C2PA): who signed it, and whether it was altered since."""

from __future__ import annotations

from pathlib import Path

from .written import tidied

_MARK = b"c2pa"  # the label of every manifest store
# Nothing is fetched from addresses that the file names.
_SETTINGS = {"verify": {"remote_manifest_fetch": False, "ocsp_fetch": False}}


def read_credentials(path: str, media_type: str) -> dict[str, str]:
    """`state` (`Trusted`, `Valid` or `Invalid`), `signer` and `tool`. Empty without credentials.

    A manifest that cannot be read says nothing, and the picture is taken without.
    """
    data = Path(path).read_bytes()
    if _MARK not in data:
        return {}
    try:
        return _read(path, media_type)
    except Exception:  # the library raises many kinds of errors for damaged manifests
        return {}


def _read(path: str, media_type: str) -> dict[str, str]:
    import c2pa  # noqa: PLC0415  # slow to load, and few pictures need it

    context = c2pa.Context(c2pa.Settings.from_dict(_SETTINGS))
    with Path(path).open("rb") as file:
        reader = c2pa.Reader(media_type, file, context=context)
        manifest, state = reader.get_active_manifest() or {}, reader.get_validation_state()
    signature = manifest.get("signature_info") or {}
    tools = manifest.get("claim_generator_info") or [{}]
    found = {
        "state": str(state or "Invalid"),
        "signer": str(signature.get("issuer") or signature.get("common_name") or ""),
        "tool": str(tools[0].get("name") or ""),
    }
    return {name: tidied(text) for name, text in found.items()}
