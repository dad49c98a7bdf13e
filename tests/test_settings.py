"""Settings are read once, and what cannot be used is named with what was expected."""

from pathlib import Path

import pytest

from assistant.errors import SettingError
from assistant.settings import Settings, read


def test_nothing_given_is_the_defaults():
    assert read({}) == Settings()


def test_the_environment_beats_the_file(tmp_path):
    file = tmp_path / "shop.toml"
    file.write_text('name = "Corner Shop"\nport = 8000\n')
    settings = read({"SHOP_CONFIG": str(file), "SHOP_PORT": "9000"})
    assert (settings.name, settings.port) == ("Corner Shop", 9000)


def test_other_variables_are_left_alone():
    assert read({"PATH": "/bin", "SHOPPING": "yes"}) == Settings()


def test_a_misspelt_name_is_an_error_that_suggests_the_right_one():
    with pytest.raises(SettingError, match="SHOP_CURRENCY"):
        read({"SHOP_CURENCY": "EUR"})


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("SHOP_PORT", "eighty", "whole number"),
        ("SHOP_PORT", "70000", "65535"),
        ("SHOP_LANGUAGE", "de", "en or zh"),
        ("SHOP_CURRENCY", "dollars", "ISO 4217"),
        ("SHOP_TIMEZONE", "Mars/Olympus", "time zone"),
        ("SHOP_DEMO_SIGN_IN", "perhaps", "true or false"),
        ("SHOP_LEARN_AT", "at night", "03:30, or off"),
        ("SHOP_CONFIG", "/nowhere/shop.toml", "TOML"),
    ],
)
def test_a_bad_value_is_named_with_what_was_expected(key, value, expected):
    with pytest.raises(SettingError, match=expected) as caught:
        read({key: value})
    assert caught.value.key == key


def test_values_take_their_type():
    settings = read({"SHOP_HOME": "~/shop", "SHOP_DEMO_SIGN_IN": "off", "SHOP_CURRENCY": "eur", "SHOP_THREADS": "2"})
    assert settings.home == Path("~/shop").expanduser()
    assert (settings.demo_sign_in, settings.currency, settings.threads) == (False, "EUR", 2)
    assert [read({"SHOP_LEARN_AT": told}).learn_at for told in ("3:05", "Off")] == ["03:05", "off"]
