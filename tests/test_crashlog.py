from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from performia_desktop.crashlog import KEPT, CrashLog, kept_logs

_CRASH = """
import faulthandler, sys
from pathlib import Path
from performia_desktop.crashlog import CrashLog
CrashLog(Path(sys.argv[1])).begin()
def in_the_middle_of_it():
    faulthandler._sigsegv()
in_the_middle_of_it()
"""


def crash(folder: Path) -> None:
    ended = subprocess.run([sys.executable, "-c", _CRASH, str(folder)], check=False, stderr=subprocess.DEVNULL)
    assert ended.returncode != 0


def test_a_crash_leaves_its_stack_and_the_next_start_finds_it(tmp_path: Path) -> None:
    crash(tmp_path)
    log = CrashLog(tmp_path)
    left = log.begin()
    log.end()
    assert left == kept_logs(tmp_path)[0]
    assert "in_the_middle_of_it" in left.read_text(encoding="utf-8")
    assert CrashLog(tmp_path / "nowhere").begin() is None


def test_an_end_in_order_or_a_kill_leaves_nothing_to_tell(tmp_path: Path) -> None:
    log = CrashLog(tmp_path)
    assert log.begin() is None
    log.end()
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "crash.log").touch()  # of a process that was killed
    assert log.begin() is None
    log.end()


def test_the_newest_are_kept_and_no_more(tmp_path: Path) -> None:
    for number in range(KEPT + 2):
        (tmp_path / "crash.log").write_text(f"crash {number}")
        log = CrashLog(tmp_path)
        log.begin()
        log.end()
    assert [path.read_text() for path in kept_logs(tmp_path)] == ["crash 4", "crash 3", "crash 2"]
    assert len(list(tmp_path.iterdir())) == KEPT


@pytest.mark.skipif(os.name != "posix", reason="rights are inherited elsewhere")
def test_it_is_the_users_alone(tmp_path: Path) -> None:
    log = CrashLog(tmp_path)
    log.begin()
    assert (tmp_path / "crash.log").stat().st_mode & 0o777 == 0o600
    log.end()
