"""Names for generated code: plain ASCII identifiers, each once, never a word that the code needs for itself.

They are made from labels letter by letter, so that no text of a program ever becomes code.
"""

from __future__ import annotations

import builtins
import keyword
import re
import unicodedata
from collections.abc import Mapping

_MODULES = {"math", "np", "numpy", "torch", "jax", "jnp"}
_OWN = {"forward", "grads", "value"}
"""Names that the emitted code uses for itself."""

RESERVED = frozenset({*keyword.kwlist, *keyword.softkwlist, *dir(builtins), *_MODULES, *_OWN} - {"_"})

_PLAIN = re.compile(r"[A-Za-z_][A-Za-z_0-9]*")
_GREEK = re.compile(r"GREEK (?P<case>SMALL|CAPITAL) LETTER (?:FINAL )?(?P<name>[A-Z]+)")
_FALLBACK = "v"


class Identifiers:
    """Gives out names, none twice, and none that is reserved."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._next: dict[str, int] = {}

    def take(self, wanted: str) -> str:
        """The wanted name as an identifier; with `_` behind it where reserved, with a number where taken."""
        base = plain_name(wanted)
        name = f"{base}_" if base in RESERVED else base
        while name in self._taken or name in RESERVED:
            count = self._next.get(base, 2)
            self._next[base] = count + 1
            name = f"{base}_{count}"
        self._taken.add(name)
        return name


def name_nodes(labels: Mapping[int, str], identifiers: Identifiers) -> dict[int, str]:
    """Node -> identifier. Labels that are identifiers already go first, so that they stay as they are."""
    plain = [node for node, label in labels.items() if plain_name(label) == label and label not in RESERVED]
    found = {node: identifiers.take(labels[node]) for node in plain}
    for node, label in labels.items():
        if node not in found:
            found[node] = identifiers.take(label)
    return found


def plain_name(label: str) -> str:
    """A label letter by letter in ASCII: θ1 is theta1, x' is x_prime; never empty, never with two `_` in front."""
    text = "".join(_plain_letter(letter) for letter in label)
    if text.startswith("__") or not _PLAIN.fullmatch(text):
        text = f"{_FALLBACK}{text}"
    return text if _PLAIN.fullmatch(text) else _FALLBACK


def _plain_letter(letter: str) -> str:
    if letter.isascii():
        return letter if letter.isalnum() or letter == "_" else "_prime" if letter == "'" else ""
    if unicodedata.combining(letter):
        return ""
    if greek := _GREEK.match(unicodedata.name(letter, "")):
        name = greek["name"].lower().replace("lamda", "lambda")
        return name.capitalize() if greek["case"] == "CAPITAL" else name
    base = unicodedata.normalize("NFKD", letter)[:1]
    return base if base.isascii() and base.isalnum() else f"u{ord(letter):x}"
