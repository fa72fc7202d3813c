"""The table of settings."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest

from policygraph.settings import Settings, SettingsError, env_name


def test_defaults_and_help() -> None:
    settings = Settings.from_env(environ={})
    assert settings == Settings()
    assert (settings.host, settings.port, settings.store, settings.threads) == ("127.0.0.1", 8000, None, 4)
    for entry in fields(Settings):
        assert entry.metadata["zh"] and entry.metadata["en"]


def test_environment_and_overrides() -> None:
    environ = {"POLICYGRAPH_PORT": " 9000 ", "POLICYGRAPH_STORE": "http://h/sparql", "POLICYGRAPH_HOST": ""}
    settings = Settings.from_env({"threads": 2, "store": None}, environ)
    assert (settings.port, settings.store, settings.host, settings.threads) == (
        9000, "http://h/sparql", "127.0.0.1", 2,
    )  # fmt: skip
    assert Settings.from_env({"port": 1}, environ).port == 1
    assert env_name("max_query_bytes") == "POLICYGRAPH_MAX_QUERY_BYTES"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("port", "many"),
        ("port", "70000"),
        ("port", "-1"),
        ("threads", "0"),
        ("max_query_bytes", "1.5"),
        ("language", "fr"),
        ("base", "id/"),
        ("base", "https://w3id.org/policygraph/id"),
        ("base", "http://[/"),
    ],
)
def test_bad_values_are_named(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=env_name(name)):
        Settings.from_env(environ={env_name(name): value})


@pytest.mark.parametrize("overrides", [{"prot": 1}, {"port": "8000"}, {"port": True}, {"host": 3}])
def test_bad_overrides(overrides: dict[str, Any]) -> None:
    with pytest.raises(SettingsError):
        Settings.from_env(overrides, {})
