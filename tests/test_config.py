"""Settings are read once, by their names, and a bad one is named."""

from dataclasses import fields

import pytest

from server.config import BadSetting, Settings, from_environment


def test_a_setting_is_its_name_in_capitals() -> None:
    settings = from_environment({"PORT": "9000", "DEMO": "yes", "SERVICE_NAME": "Lantern", "OTHER": "x"})
    assert (settings.port, settings.demo, settings.service_name) == (9000, True, "Lantern")


def test_every_setting_gives_its_reason() -> None:
    assert all(setting.metadata["reason"] for setting in fields(Settings))


@pytest.mark.parametrize(("name", "value"), [("PORT", "eighty"), ("PORT", ""), ("PORT", "1.5"), ("DEMO", "perhaps")])
def test_what_can_not_be_read_is_named(name: str, value: str) -> None:
    with pytest.raises(BadSetting, match=name):
        from_environment({name: value})


def test_the_address_is_where_people_reach_it() -> None:
    assert Settings(host="127.0.0.1", port=8000).url == "http://127.0.0.1:8000"
    assert Settings(host="0.0.0.0", port=8000).url == "http://127.0.0.1:8000"
    public = Settings(public_url="https://chat.example.org/")
    assert (public.url, public.secure) == ("https://chat.example.org", True)


def test_young_people_are_let_in_only_where_someone_is_named_for_them() -> None:
    with pytest.raises(BadSetting, match="SAFEGUARDING_CONTACT"):
        from_environment({"UNDER_18": "open"})
    with pytest.raises(BadSetting, match="UNDER_18"):
        from_environment({"UNDER_18": "maybe"})
    named = from_environment({"UNDER_18": "open", "SAFEGUARDING_CONTACT": "Jo, on call"})
    assert (named.under_18, from_environment({}).under_18) == ("open", "closed")


def test_no_secret_is_in_how_the_settings_show_themselves() -> None:
    shown = repr(Settings(secret="a-long-one", redis_url="redis://:password@store:6379"))
    assert "Settings(host=" in shown
    assert "a-long-one" not in shown
    assert "password" not in shown
