"""What every test gets: no screen, a home of its own, and a failure when it leaves something behind.

A warning in the log, a Qt warning (pytest-qt's own `qt_log_level_fail`), a running thread, QThread or QTimer, or a
child process that outlives its test fails that test. ``@pytest.mark.allow_log("regex")`` names an expected log
record, ``@pytest.mark.qt_log_ignore("regex")`` an expected Qt message.
"""

from __future__ import annotations

import gc
import os
import shutil

# Before anything imports Qt: no screen, no sound server, the same words and numbers everywhere.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["LC_ALL"] = "C.UTF-8"
os.environ.pop("DB_PATH", None)
# And numpy: one thread, as the analysis has it in its own process. Two only wait for each other.
os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1"))

from collections.abc import Iterator
from pathlib import Path

import pytest

from performia_desktop.jobs.cycles import collect_due
from performia_desktop.paths import Paths
from tests.leaks import LeakWatch, LogWatch

_MEMORY = Path("/dev/shm")


def pytest_configure(config: pytest.Config) -> None:
    if _MEMORY.is_dir() and _may_be_used(_MEMORY):
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_MEMORY))
    gc.disable()  # no other thread may destroy a widget that a test has dropped; see `jobs.cycles`
    config.addinivalue_line("markers", "allow_log(regex): a warning in the log that this test expects")


def _may_be_used(folder: Path) -> bool:
    """Return whether all that the tests write may be here: there is room, and programs may be started.

    Nothing of it has to outlive a power cut (tests/crash has one of its own), and in memory a sync takes no time.
    """
    return shutil.disk_usage(folder).free > 2e9 and not os.statvfs(folder).f_flag & os.ST_NOEXEC


@pytest.fixture(scope="session", autouse=True)
def _home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keep the tests, and the programs they start, away from the developer's own data."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(home))
        for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
            patch.setenv(name, str(home / name.lower()))
        yield home


@pytest.fixture(scope="session")
def _leak_watch() -> Iterator[LeakWatch]:
    watch = LeakWatch()
    watch.install()
    yield watch
    watch.uninstall()


@pytest.fixture(autouse=True)
def _nothing_left_behind(_leak_watch: LeakWatch) -> Iterator[None]:
    collect_due()
    before = _leak_watch.snapshot()
    yield
    leaks = _leak_watch.leaks(before)
    if leaks:
        pytest.fail("left behind:\n" + "\n".join(leaks), pytrace=False)


@pytest.fixture(autouse=True)
def _no_unexpected_log(request: pytest.FixtureRequest) -> Iterator[None]:
    allowed = [str(mark.args[0]) for mark in request.node.iter_markers("allow_log")]
    with LogWatch(allowed) as watch:
        yield
    if watch.records:
        pytest.fail("unexpected in the log:\n" + "\n".join(watch.records), pytrace=False)


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """A data directory that nobody has used yet; it does not exist."""
    return tmp_path / "data"


@pytest.fixture
def paths(data_dir: Path) -> Paths:
    """The places under `data_dir`, created."""
    places = Paths.of(data_dir)
    places.create()
    return places


@pytest.fixture(scope="session")
def demo_song(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first 20 seconds of the demo song as FLAC; `performia_desktop.demo.truth(20.0)` is its truth."""
    from performia_desktop import demo

    path = tmp_path_factory.mktemp("demo") / "Tin Roof Morning.flac"
    demo.write(path, seconds=20.0)
    return path


@pytest.fixture(scope="session")
def whole_demo_song(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole demo song as FLAC (about 70 s); `performia_desktop.demo.truth()` is its truth."""
    from performia_desktop import demo

    path = tmp_path_factory.mktemp("whole-demo") / "Tin Roof Morning.flac"
    demo.write(path)
    return path
