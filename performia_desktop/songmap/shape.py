"""Checks JSON data against a JSON Schema: the keywords that the Song Map's uses, each as 2020-12 has it.

A map has thousands of notes, for which the jsonschema package, which knows all keywords, takes fifteen times as long as
these few functions, and as long again to be imported. The tests compare the two.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

Schema = Mapping[str, Any]
Check = Callable[[Any], None]
"""Raises `Misfit` for a value that is not allowed."""


class Misfit(ValueError):
    """A value that is not allowed.

    Attributes
    ----------
    message : what is wrong with it
    path : where it is, as jsonschema writes it: ``$.beats[0]``
    """

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
        self._steps: list[str] = []

    @property
    def path(self) -> str:
        return "$" + "".join(reversed(self._steps))

    def inside(self, step: str) -> None:
        """Note that the value was inside another, by a key (``.beats``) or an index (``[0]``)."""
        self._steps.append(step)


_TYPES: Final[Mapping[str, Callable[[Any], bool]]] = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "integer": lambda value: (
        (isinstance(value, int) and not isinstance(value, bool))
        or (isinstance(value, float) and value.is_integer())
    ),
    "null": lambda value: value is None,
}
_NOT_CHECKS: Final = frozenset({"$schema", "$defs", "title", "description"})


def compiled(schema: Schema, root: Schema | None = None) -> Check:
    """Return what checks values against a schema; `root` is where its ``$ref`` are found, itself where left out.

    Raises
    ------
    ValueError
        It uses a keyword that is not known here.
    """
    root = schema if root is None else root
    if "$ref" in schema:
        *_, name = schema["$ref"].split("/")
        return compiled(root["$defs"][name], root)
    checks: list[Check] = []
    for keyword, wanted in schema.items():
        if keyword in _PLAIN:
            checks.append(_plain(keyword, wanted))
        elif keyword not in _NOT_CHECKS | _STRUCTURE:
            raise ValueError(f"{keyword} is not known")
    if "oneOf" in schema:
        checks.append(_one_of([compiled(choice, root) for choice in schema["oneOf"]]))
    if schema.keys() & {"required", "properties", "additionalProperties"}:
        checks.append(_object(schema, root))
    if schema.keys() & {"items", "prefixItems"}:
        checks.append(_array(schema, root))
    if len(checks) == 1:
        return checks[0]

    def check(value: Any) -> None:
        for each in checks:
            each(value)

    return check


def _number(value: Any) -> bool:
    return _TYPES["number"](value)


def _same(value: Any, wanted: Any) -> bool:
    """Return whether two plain values are equal, in JSON: true is not 1."""
    return bool(value == wanted) and isinstance(value, bool) == isinstance(wanted, bool)


_PLAIN: Final[Mapping[str, tuple[Callable[[Any, Any], bool], str]]] = {
    "type": (lambda value, wanted: _TYPES[wanted](value), "is not of type"),
    "const": (_same, "is not"),
    "enum": (lambda value, wanted: any(_same(value, each) for each in wanted), "is none of"),
    "minimum": (lambda value, wanted: not _number(value) or not value < wanted, "is less than"),
    "maximum": (lambda value, wanted: not _number(value) or not value > wanted, "is more than"),
    "exclusiveMinimum": (lambda value, wanted: not _number(value) or not value <= wanted, "is not more than"),
    "minLength": (lambda value, wanted: not isinstance(value, str) or len(value) >= wanted, "is shorter than"),
    "pattern": (lambda value, wanted: not isinstance(value, str) or bool(re.search(wanted, value)), "is not like"),
    "minItems": (
        lambda value, wanted: not isinstance(value, list) or len(value) >= wanted,
        "has fewer items than",
    ),
    "maxItems": (lambda value, wanted: not isinstance(value, list) or len(value) <= wanted, "has more items than"),
}
"""What a value must be, and what is said of one that is not."""
_STRUCTURE: Final = frozenset({"oneOf", "required", "properties", "additionalProperties", "items", "prefixItems"})


def _plain(keyword: str, wanted: Any) -> Check:
    fits, said = _PLAIN[keyword]
    if keyword == "type" and wanted not in _TYPES:
        raise ValueError(f"type {wanted} is not known")

    def check(value: Any) -> None:
        if not fits(value, wanted):
            raise Misfit(f"{value!r:.200} {said} {wanted!r}")

    return check


def _one_of(choices: list[Check]) -> Check:
    def check(value: Any) -> None:
        fitting = 0
        for choice in choices:
            try:
                choice(value)
            except Misfit:
                continue
            fitting += 1
        if fitting != 1:
            raise Misfit(f"{value!r:.200} is {fitting} of the things that it may be one of")

    return check


def _object(schema: Schema, root: Schema) -> Check:
    required = schema.get("required", ())
    members = {name: compiled(member, root) for name, member in schema.get("properties", {}).items()}
    open_ended = schema.get("additionalProperties", True)
    if not isinstance(open_ended, bool):
        raise ValueError("additionalProperties is known as true or false only")

    def check(value: Any) -> None:
        if not isinstance(value, dict):
            return
        for name in required:
            if name not in value:
                raise Misfit(f"{name!r} is required")
        for name, member in value.items():
            known = members.get(name)
            if known is None:
                if not open_ended:
                    raise Misfit(f"{name!r:.100} is not expected")
                continue
            try:
                known(member)
            except Misfit as misfit:
                misfit.inside(f".{name}")
                raise

    return check


def _array(schema: Schema, root: Schema) -> Check:
    first = [compiled(item, root) for item in schema.get("prefixItems", ())]
    every = compiled(schema["items"], root) if "items" in schema else None

    def check(value: Any) -> None:
        if not isinstance(value, list):
            return
        for place, item in enumerate(value):
            known = first[place] if place < len(first) else every
            if known is None:
                return
            try:
                known(item)
            except Misfit as misfit:
                misfit.inside(f"[{place}]")
                raise

    return check
