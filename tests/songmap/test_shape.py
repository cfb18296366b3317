"""The few keywords of JSON Schema mean what the jsonschema package takes them for."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from performia_desktop.assets import resource
from performia_desktop.songmap.model import SongMap
from performia_desktop.songmap.shape import Misfit, compiled

SCHEMA = json.loads(resource("song_map.schema.json").read_text(encoding="utf-8"))
CHECK = compiled(SCHEMA)
JUDGE = jsonschema.Draft202012Validator(SCHEMA)

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 200) | st.floats(-2, 200) | st.sampled_from([4.0, 4.5, 1e300])
    | st.sampled_from(["", "C", "C#", "C:maj", "C:maj\n", "N", "major", "verse", "Verse", "start", "x"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["start", "end", "conf", "midi", "label", "x"]), inner, max_size=4),
    max_leaves=5,
)  # fmt: skip


def places(data: Any, here: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path of every value inside."""
    for key, value in data.items() if isinstance(data, dict) else enumerate(data):
        yield (*here, key)
        if isinstance(value, dict | list):
            yield from places(value, (*here, key))


def accepted(data: Any) -> bool:
    try:
        CHECK(data)
    except Misfit:
        return False
    return True


@settings(
    max_examples=200, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_both_judge_the_same_of_any_change(song: SongMap, data: st.DataObject) -> None:
    changed = copy.deepcopy(json.loads(json.dumps(song.to_json())))
    *parents, last = data.draw(st.sampled_from(sorted(places(changed), key=str)))
    inside = changed
    for step in parents:
        inside = inside[step]
    if data.draw(st.booleans()):
        inside[last] = data.draw(VALUES)
    else:
        del inside[last]
    assert accepted(changed) == JUDGE.is_valid(changed)


@given(value=VALUES)
@settings(deadline=None, derandomize=True)
def test_both_judge_the_same_of_anything(value: Any) -> None:
    assert accepted(value) == JUDGE.is_valid(value)


def test_says_where_and_what(song: SongMap) -> None:
    data = json.loads(json.dumps(song.to_json()))
    data["performance"]["melody"][1]["midi"] = 200
    with pytest.raises(Misfit) as refused:
        CHECK(data)
    assert refused.value.path == next(JUDGE.iter_errors(data)).json_path == "$.performance.melody[1].midi"
    assert "200" in refused.value.message


@pytest.mark.parametrize("schema", [{"uniqueItems": True}, {"type": "date"}, {"additionalProperties": {}}])
def test_what_it_does_not_know_is_refused(schema: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="known"):
        compiled(schema)
