"""The pulse that a map keeps: there and back, and nothing from a provenance that is no good."""

from __future__ import annotations

from typing import Any

import pytest

from performia_desktop.songmap import pulse
from performia_desktop.songmap.pulse import Pulse


def test_there_and_back() -> None:
    made = Pulse((0.012, 0.262, 0.511, 0.75), 0.511)
    kept = made.to_provenance()
    assert kept == {"pulse": {"steps": [12, 250, 249, 239], "slow_bar": 511}}
    assert pulse.of({"other": 1, **kept}) == made
    assert Pulse().to_provenance() == {}


def test_between_is_what_the_pulse_has_there_and_half_way_where_it_has_nothing() -> None:
    made = Pulse((1.0, 1.1, 1.27, 2.0, 3.0))
    assert made.between(1.0, 1.5) == 1.27
    assert made.between(1.0, 2.0) == 1.27
    assert made.between(2.0, 3.0) == 2.5
    assert made.between(1.0, 3.0) == 2.0
    assert Pulse().between(1.0, 1.3333) == 1.167


@pytest.mark.parametrize(
    "data",
    [
        None,
        7,
        [],
        {},
        {"steps": "12"},
        {"steps": [1, None]},
        {"steps": [1, -5]},
        {"steps": [1.5]},
        {"steps": [True]},
        {"steps": [10**400]},
        {"steps": {"0": 1}, "slow_bar": 3},
    ],
)
def test_a_provenance_that_is_no_good_has_no_pulse(data: Any) -> None:
    assert pulse.of({"pulse": data}) == Pulse()
    assert pulse.of({"pulse": {"steps": [5], "slow_bar": "5"}}) == Pulse((0.005,))
