"""Lets a program or a value start with a minus, where argparse would see an option."""

from __future__ import annotations

import argparse
from collections.abc import Collection, Iterable, Sequence

_GUARD = " "


def guard_minus(arguments: Sequence[str], options: Collection[str]) -> list[str]:
    """The arguments with a space before each that starts with a minus and is none of the options, as `-x^2` does.

    argparse takes whatever starts with `-` for an option, but not what holds a space. `without_guard` undoes it.
    """
    return [
        _GUARD + text if text[:1] == "-" and text != "-" and not _is_option(text, options) else text
        for text in arguments
    ]


def without_guard(text: str) -> str:
    """The argument as it was typed."""
    return text.removeprefix(_GUARD)


def option_words(commands: Iterable[argparse.ArgumentParser]) -> set[str]:
    """Every option that one of the commands knows, such as `--json`."""
    # argparse has no public list of them.
    return {word for command in commands for action in command._actions for word in action.option_strings}


def _is_option(text: str, options: Collection[str]) -> bool:
    """Whether the text has the form of an option: `-h`, or two dashes and a word. `--x` is a program; `-x` too."""
    word = text.partition("=")[0]
    return word == "-h" or word == "--" or any(name.startswith(word) for name in options if len(word) > 3)
