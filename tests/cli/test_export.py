"""`export`: from jobs to files of other programs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import mido
import pypdf
import pytest
from PySide6.QtCore import QCoreApplication

from performia_desktop import demo
from performia_desktop.cli.exits import DONE, JOB_FAILED, USAGE
from performia_desktop.jobs.job import Job, Status
from performia_desktop.jobs.store import Store
from performia_desktop.paths import Paths
from performia_desktop.songmap import file as songmap_file
from tests.cli.conftest import Run


@pytest.fixture
def songs(paths: Paths, qapp: QCoreApplication) -> list[str]:
    """Two finished songs of one name, one whose map is gone, and one that waits."""
    ids = [f"0000000{n}" for n in range(4)]
    store = Store.open(paths)
    for job_id in ids[:2]:
        content = {**json.loads(json.dumps(demo.truth().to_json())), "id": job_id}
        songmap_file.write_atomically(paths.song_map(job_id), json.dumps(content).encode(), "map")
    store.insert(
        [
            Job(
                job_id,
                Status.PENDING if job_id == ids[3] else Status.COMPLETE,
                1.0,
                song_map_path=None if job_id == ids[3] else str(paths.song_map(job_id)),
                input_file="/music/a.flac",
            )
            for job_id in ids
        ]
    )
    store.close()
    return ids


def test_a_song_goes_to_stdout(run: Run, songs: list[str]) -> None:
    result = run("export", songs[0], "--format", "chordpro", "--transpose", "-3", "--capo", "2")
    assert result.status == DONE
    assert result.out.startswith("{title: Tin Roof Morning}\n{artist: The Examples}\n{key: Bb}\n{capo: 2}\n")
    assert result.err == ""


def test_several_songs_go_into_a_folder_under_names_of_their_own(
    run: Run, songs: list[str], tmp_path: Path
) -> None:
    result = run("export", *songs[:2], "--format", "midi", "--output", str(tmp_path))
    assert result.status == DONE
    names = ["The Examples - Tin Roof Morning.mid", "The Examples - Tin Roof Morning (2).mid"]
    assert result.out.splitlines() == [str(tmp_path / name) for name in names]
    assert all(len(mido.MidiFile(tmp_path / name).tracks) == 4 for name in names)


def test_a_folder_that_is_not_there_is_made(run: Run, songs: list[str], tmp_path: Path) -> None:
    one = run("export", songs[0], "--format", "midi", "--output", f"{tmp_path}/a/one/")
    assert (one.status, one.out) == (DONE, f"{tmp_path / 'a/one/The Examples - Tin Roof Morning.mid'}\n")
    two = run("export", *songs[:2], "--format", "csv", "--output", str(tmp_path / "two"))
    assert (two.status, len(list((tmp_path / "two").iterdir()))) == (DONE, 2)
    (tmp_path / "file").touch()
    refused = run("export", songs[0], "--format", "midi", "--output", f"{tmp_path}/file/deeper/")
    assert refused.status == JOB_FAILED
    assert "cannot be made" in refused.err


def test_a_file_that_is_there_stays_unless_forced(run: Run, songs: list[str], tmp_path: Path) -> None:
    target = tmp_path / "mine.cho"
    target.write_text("mine")
    refused = run("export", songs[0], "--format", "chordpro", "--output", str(target))
    assert (refused.status, target.read_text()) == (JOB_FAILED, "mine")
    assert "--force" in refused.err
    assert run("export", songs[0], "--format", "chordpro", "--output", str(target), "--force").status == DONE
    assert target.read_text().startswith("{title")


def test_what_cannot_be_exported_is_said_and_the_others_are_done(
    run: Run, songs: list[str], tmp_path: Path
) -> None:
    result = run("export", *songs, "--format", "jams", "--output", str(tmp_path))
    assert result.status == JOB_FAILED
    assert len(result.out.splitlines()) == 2
    lines = result.err.splitlines()
    assert lines[0].startswith(f"{songs[2]}: Its Song Map ")
    assert "retry" in lines[0]
    assert lines[1] == f"{songs[3]}: It has no Song Map; it is pending."
    lyrics = run("export", songs[0], "--format", "lrc")
    assert lyrics.status == JOB_FAILED
    assert ".lrc" in lyrics.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("{0}", "--format", "midi"), "--output"),
        (("{0}", "{1}", "--format", "csv"), "--output"),
        (("{0}", "{1}", "--format", "csv", "--output", "{tmp}/file"), "not a folder"),
        (("{0}", "--format", "csv", "--output", "{tmp}/file/"), "not a folder"),
        (("{0}", "--format", "wav"), "invalid choice"),
        (("nothing", "--format", "csv"), "There is no job nothing"),
        (("{0}", "--format", "csv", "--transpose", "up"), "semitones"),
        (("{0}", "--format", "csv", "--capo", "13"), "fret"),
    ],
)
def test_wrong_usage_is_said(
    run: Run, songs: list[str], tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    (tmp_path / "file").touch()
    result = run("export", *(word.format(*songs, tmp=tmp_path) for word in arguments))
    assert result.status == USAGE
    assert said in result.err
    assert result.out == ""


def test_a_place_that_cannot_be_written_is_said(run: Run, songs: list[str], tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    result = run("export", songs[0], "--format", "csv", "--output", str(tmp_path / "file" / "a.csv"))
    assert result.status == JOB_FAILED
    assert "--output" in result.err


def test_a_chart_to_print(run: Run, songs: list[str], tmp_path: Path) -> None:
    result = run("export", *songs[:2], "--format", "pdf", "--capo", "3", "--output", str(tmp_path))
    assert result.status == DONE
    names = ["The Examples - Tin Roof Morning.pdf", "The Examples - Tin Roof Morning (2).pdf"]
    assert result.out.splitlines() == [str(tmp_path / name) for name in names]
    text = pypdf.PdfReader(tmp_path / names[1]).pages[0].extract_text()
    assert "Tin" in text
    assert "Am7" in text


def test_degrees(run: Run, songs: list[str]) -> None:
    result = run("export", songs[0], "--format", "chordpro", "--names", "nashville")
    assert result.status == DONE
    assert "| 1 . . . | 6-⁷ . . . |" in result.out


def test_a_chart_is_printed_where_there_is_no_display(songs: list[str], paths: Paths, tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name not in {"DISPLAY", "QT_QPA_PLATFORM"}}
    command = [sys.executable, "-m", "performia_desktop", "--data-dir", str(paths.data_dir), "export", songs[0]]
    command += ["--format", "pdf", "--output", str(tmp_path / "song.pdf")]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (DONE, "")
    assert len(pypdf.PdfReader(tmp_path / "song.pdf").pages) == 1
