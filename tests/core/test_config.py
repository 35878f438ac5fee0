"""Settings and secrets: sensible ones start, each nonsense one stops with one clear line."""

import json
import os
import stat
from pathlib import Path

import pytest

from app.core.config import read_settings
from app.core.errors import BadConfiguration
from app.core.secrets import FILE_NAME, make_secrets, read_secrets

NONSENSE = (
    *(("PORT", value) for value in ("", "0", "-1", "65536", "8e3", " 80", "٣", "9" * 5000)[1:]),
    *(("WORKERS", value) for value in ("0", "513", "two", "1.5")),
    *(("TIMEZONE", value) for value in ("Mars", "/etc/passwd", "Europe", "\0", "UTC+25")),
    ("BASE_URL", "https://news.example.org/?a=b"),
    ("BASE_URL", "https://news.example.org#x"),
    ("BASE_URL", "https://user:word@news.example.org"),
    ("BASE_URL", "https://news.example.org:99999"),
    ("BASE_URL", "https://news.example.org:x"),
    ("BASE_URL", "http://["),
    ("BASE_URL", "https://"),
    ("BASE_URL", "//news.example.org"),
    ("BASE_URL", "https://a b"),
    ("DATABASE_URL", "postgresql://user@host:port/name"),
    ("DATABASE_URL", "postgresql"),
    ("DATABASE_URL", "oracle://x"),
    *(
        ("WEBSUB_HUB", value)
        for value in (
            *(
                "hub.example.org",
                "http://hub.example.org/",
                "http://10.0.0.1/",
                "ftp://hub.example/",
            ),
            *(
                "https://",
                "https://a b/",
                "https://user:word@hub.example/",
                "https://hub.example:0/",
            ),
            *("https://hub.example/#a", "https://hub.example/>x", "https://hub.example/\n", "no"),
            *("https://hub.example:99999/", "https://hub.example/" + "x" * 200),
        )
    ),
    *(("TRUSTED_PROXIES", value) for value in ("proxy", "10.0.0.1/8", "10.0.0.0/33", "1.2.3.4 x")),
    ("LANGUAGE", "English!"),
    ("LANGUAGE", "e"),
    ("INSTANCE", "\0"),
    ("SITE_NAME", "x" * 201),
    ("SITE_NAME", "two\nlines"),
)


SECRETS = (
    "postgresql://stet:hunter2@host:port/name",
    "postgres//stet:hunter2@host/name",
    "mysql://stet:hunter2@host/name",
)


STORES_WITH_KEYS = (
    "s3://stet:hunter2@pictures",
    "s3://pictures?hunter2",
    "s3://pictures?endpoint=https://stet:hunter2@store.example.org",
    "s3://pictures?secret_access_key=hunter2",
    "s3://[hunter2",
    "https://stet:hunter2@store.example.org/pictures",
)


@pytest.mark.parametrize("url", SECRETS)
def test_no_message_repeats_the_password_of_the_database(instance: Path, url: str) -> None:
    given = {"STET_INSTANCE": str(instance), "STET_DATABASE_URL": url}
    with pytest.raises(BadConfiguration, match="STET_DATABASE_URL is not shown") as refused:
        read_settings(given)
    assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize("address", STORES_WITH_KEYS)
def test_no_message_repeats_the_key_of_a_store(address: str) -> None:
    with pytest.raises(BadConfiguration, match="STET_MEDIA_STORE is not shown") as refused:
        read_settings({"STET_MEDIA_STORE": address})
    assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize(("name", "value"), NONSENSE)
def test_nonsense_stops_the_start_with_one_line(name: str, value: str, tmp_path: Path) -> None:
    given = {"STET_INSTANCE": str(tmp_path), f"STET_{name}": value}
    with pytest.raises(BadConfiguration) as refused:
        read_settings(given)
    line = str(refused.value)
    assert line.startswith(f"STET_{name} is ")
    assert "\n" not in line
    assert line.endswith(".")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BASE_URL", "https://news.example.org"),
        ("MEDIA_STORE", "s3://pictures/a/b?endpoint=http://[::1]:9000&region=eu-west-1"),
        ("BASE_URL", "http://[::1]:8000/"),
        ("BASE_URL", "https://xn--zeitung-q0a.example"),
        ("DATABASE_URL", "postgresql://stet:word@db.example.org:5432/stet"),
        ("WEBSUB_HUB", "https://hub.example.org:8443/push?site=1"),
        ("WEBSUB_HUB", "http://127.0.0.1:8080/"),
        ("TRUSTED_PROXIES", "127.0.0.1, 10.0.0.0/8 fd00::/8"),
        ("LANGUAGE", "pt-BR"),
        ("TIMEZONE", "Asia/Kathmandu"),
    ],
)
def test_sense_starts(name: str, value: str, tmp_path: Path) -> None:
    found = read_settings({"STET_INSTANCE": str(tmp_path), f"STET_{name}": value})
    assert str(getattr(found, name.lower())).rstrip("/").endswith(value.rstrip("/")[-8:])


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("https://zeitung.köln", "https://zeitung.xn--kln-sna"),
        ("https://Zeitung.Köln:8443/", "https://zeitung.xn--kln-sna:8443"),
        ("https://новости.рф", "https://xn--b1amnebsh.xn--p1ai"),
    ],
)
def test_a_name_of_a_site_that_is_not_ascii_is_used_in_its_ascii_form(
    given: str, used: str, tmp_path: Path
) -> None:
    assert read_settings({"STET_INSTANCE": str(tmp_path), "STET_BASE_URL": given}).base_url == used


def test_a_name_of_a_site_that_cannot_be_one_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadConfiguration, match="STET_BASE_URL"):
        read_settings({"STET_INSTANCE": str(tmp_path), "STET_BASE_URL": "https://-ü-.example"})


def test_a_name_that_is_no_setting_is_a_typing_mistake(tmp_path: Path) -> None:
    with pytest.raises(BadConfiguration, match="STET_PROT is not a setting"):
        read_settings({"STET_INSTANCE": str(tmp_path), "STET_PROT": "8000"})


def test_secrets_are_made_once_and_for_the_owner_alone(tmp_path: Path) -> None:
    instance = tmp_path / "instance"
    umask = os.umask(0)  # the laxest; the file is closed all the same
    try:
        assert make_secrets(instance) is True
    finally:
        os.umask(umask)
    file = instance / FILE_NAME
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    before = read_secrets(instance, {})
    assert make_secrets(instance) is False
    assert read_secrets(instance, {}) == before
    assert len(set(vars(before).values())) == 2


def test_secrets_that_others_can_read_are_refused(tmp_path: Path) -> None:
    make_secrets(tmp_path)
    for mode in (0o640, 0o604, 0o620, 0o666, 0o601):
        (tmp_path / FILE_NAME).chmod(mode)
        with pytest.raises(BadConfiguration, match="can be read by others"):
            read_secrets(tmp_path, {})


WEAK = (
    "",
    "x" * 64,
    "short-but-random-4f9a",
    "change-me-change-me-change-me-now-1234",
    "SECRET-key-that-is-long-enough-to-pass",
    "abababababababababababababababababab",
)


@pytest.mark.parametrize("weak", WEAK)
def test_a_weak_secret_is_refused_wherever_it_comes_from(weak: str, tmp_path: Path) -> None:
    make_secrets(tmp_path)
    good = read_secrets(tmp_path, {})
    pairs = ((weak, good.password_salt), (good.secret_key, weak))
    for key, salt in pairs:
        given = {"STET_SECRET_KEY": key, "STET_PASSWORD_SALT": salt}
        with pytest.raises(BadConfiguration, match="too weak"):
            read_secrets(tmp_path, given)
        text = json.dumps({"secret_key": key, "password_salt": salt})
        (tmp_path / FILE_NAME).write_text(text)
        with pytest.raises(BadConfiguration, match="too weak"):
            read_secrets(tmp_path, {})


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", '{"secret_key": 1}', "\x00"])
def test_a_broken_file_of_secrets_is_one_line(text: str, tmp_path: Path) -> None:
    make_secrets(tmp_path)
    (tmp_path / FILE_NAME).write_text(text)
    with pytest.raises(BadConfiguration, match=r"secrets\.json cannot be read"):
        read_secrets(tmp_path, {})


def test_no_secrets_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(BadConfiguration, match="Run `stet setup`"):
        read_secrets(tmp_path, {})
