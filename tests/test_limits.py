"""The settings: read from the environment, refused with a sentence, named in messages."""

from dataclasses import fields

import pytest

from app.limits import Limits, SettingError, read_limits, setting_name, settings, unknown_settings


def test_without_variables_every_limit_has_its_default() -> None:
    assert read_limits({}) == Limits()


def test_variables_set_their_field() -> None:
    found = read_limits({"CHAINRULE_MAX_NODES": "7", "CHAINRULE_BODY_SECONDS": "2.5", "CHAINRULE_MAX_OUTPUTS": ""})
    assert (found.max_nodes, found.body_seconds, found.max_outputs) == (7, 2.5, Limits().max_outputs)


@pytest.mark.parametrize("text", ["0", "-1", "x", "1.5", "1e3", "inf", "nan", "9" * 21, "٣", "0x10"])
def test_an_unusable_count_is_refused_by_name(text: str) -> None:
    with pytest.raises(SettingError, match=r"CHAINRULE_MAX_NODES is .* whole number of at least 1 .default 20000"):
        read_limits({"CHAINRULE_MAX_NODES": text})


@pytest.mark.parametrize("text", ["0", "-1", "x", "inf", "nan"])
def test_an_unusable_time_is_refused_by_name(text: str) -> None:
    with pytest.raises(SettingError, match=r"CHAINRULE_BODY_SECONDS is .* a number of at least 0.1"):
        read_limits({"CHAINRULE_BODY_SECONDS": text})


def test_all_unusable_variables_are_told_at_once_and_cut_short() -> None:
    with pytest.raises(SettingError) as caught:
        read_limits({"CHAINRULE_MAX_NODES": "a" * 1000, "CHAINRULE_MAX_OUTPUTS": "b"})
    lines = str(caught.value).splitlines()
    assert len(lines) == 2
    assert max(map(len, lines)) < 200


def test_a_variable_that_sets_nothing_is_noticed() -> None:
    assert unknown_settings({"CHAINRULE_MAX_NODE": "1", "CHAINRULE_MAX_NODES": "1", "HOME": "/"}) == [
        "CHAINRULE_MAX_NODE"
    ]


def test_every_limit_is_described() -> None:
    found = list(settings(Limits()))
    assert [one.field for one in found] == [one.name for one in fields(Limits)]
    assert all(one.name == setting_name(one.field) and one.about and one.unit and one.over for one in found)
    assert all(one.value == one.default for one in found)
