from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
import soundfile

from performia_desktop import demo
from tests.crash.place import RATE, Place
from tests.crash.program import Launcher

NewPlace = Callable[..., Place]


@pytest.fixture(scope="session")
def launcher(_leak_watch: object) -> Launcher:
    return Launcher()


@pytest.fixture(scope="session")
def _music(tmp_path_factory: pytest.TempPathFactory) -> np.ndarray[Any, np.dtype[np.int16]]:
    """Twelve seconds of music, mono."""
    path = tmp_path_factory.mktemp("demo") / "demo.wav"
    demo.write(path, seconds=12.0)
    samples, rate = soundfile.read(path, dtype="int16", always_2d=True)
    return np.ascontiguousarray(samples[:: rate // RATE, 0])


@pytest.fixture
def new_place(_music: np.ndarray[Any, np.dtype[np.int16]]) -> Iterator[NewPlace]:
    """Make places to crash in, with songs of so many `seconds`; what is in them goes with the test."""
    made: list[Place] = []

    def new(*, at_once: int = 3, seconds: float = 4.0) -> Place:
        made.append(Place.new(np.resize(_music, int(seconds * RATE)), at_once))
        return made[-1]

    yield new
    for place in made:
        shutil.rmtree(place.folder)
