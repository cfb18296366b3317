"""What the program keeps is the user's alone, whatever the user's umask, and whatever the folder's rights were."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.jobs.other_program import OtherProgram
from tests.security import recordings

pytestmark = pytest.mark.skipif(os.name != "posix", reason="modes are those of POSIX")


@pytest.mark.parametrize("was_there", [False, True])
def test_nobody_else_may_read_what_is_kept(tmp_path: Path, was_there: bool) -> None:
    data, song = tmp_path / "data", tmp_path / "song.flac"
    song.write_bytes(recordings.make("flac"))
    if was_there:
        (data / "maps").mkdir(mode=0o755, parents=True)
        (data / "settings.ini").touch(mode=0o644)
        (data / "jobs.db").touch(mode=0o644)
    program = [sys.executable, "-m", "performia_desktop", "--data-dir", str(data)]
    copy = tmp_path / "copy.db"
    for words in (["analyze", str(song)], ["backup", str(copy)]):
        done = subprocess.run([*program, *words], umask=0, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    with OtherProgram(data / "jobs.db") as other:  # so that the log and its index are there
        assert other.execute("SELECT status FROM jobs") == [["complete"]]
        kept = [data, copy, *data.rglob("*")]
        modes = {str(path.relative_to(tmp_path)): stat.S_IMODE(path.stat().st_mode) for path in kept}
    assert {name: oct(mode) for name, mode in modes.items() if mode & 0o077} == {}
    assert {"data/jobs.db", "data/settings.ini", "data/logs", "data/maps", "data/backups"} <= modes.keys()
