"""Which words are commands, which are files, and what a wrong line is told."""

from __future__ import annotations

import time
from datetime import datetime
from pathlib import Path

import pytest

from performia_desktop.cli.exits import CommandError
from performia_desktop.cli.parser import Grammar


def test_without_a_command_words_are_files() -> None:
    options = Grammar().parse(["one.mp3", "--data-dir", "/d", "jobs"])
    assert (options.command, options.files, options.data_dir) == (None, ["one.mp3", "jobs"], "/d")
    assert Grammar().parse([]).files == []


@pytest.mark.parametrize("line", [["--", "jobs"], ["./jobs"]])
def test_a_file_called_like_a_command_can_be_named(line: list[str]) -> None:
    options = Grammar().parse(line)
    assert (options.command, options.files) == (None, [line[-1]])


def test_a_command_that_fails_mentions_the_folder_of_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "backup").mkdir()
    with pytest.raises(CommandError, match=r"PATH.*If you meant the file or folder named backup, write \./backup"):
        Grammar().parse(["backup"])


def test_a_mistyped_command_is_not_taken_for_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CommandError, match="there is no file jbos, but a command jobs"):
        Grammar().parse(["jbos"])
    (tmp_path / "jbos").mkdir()
    assert Grammar().parse(["jbos"]).files == ["jbos"]


def test_options_may_stand_on_both_sides_and_the_later_wins() -> None:
    options = Grammar().parse(["--data-dir", "/a", "--db=/x.db", "jobs", "--data-dir", "/b", "--json"])
    assert (options.command, options.data_dir, options.db, options.json) == ("jobs", "/b", "/x.db", True)


def test_files_and_options_mix_and_dashes_come_after_dashes() -> None:
    options = Grammar().parse(["analyze", "a.wav", "--again", "b.wav", "--", "-c.wav", "--json"])
    assert options.files == ["a.wav", "b.wav", "-c.wav", "--json"]
    assert (options.again, options.json) == (True, False)
    assert Grammar().parse(["--", "-c.wav"]).files == ["-c.wav"]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (["-song.wav"], r"written as \./-song\.wav"),
        (["analyze", "-song.wav"], r"written as \./-song\.wav"),
        (["jobs", "extra"], "extra is one word too many"),
        (["status", "a", "--", "b"], "b is one word too many"),
        (["delete"], "JOB_ID"),
        (["status"], "JOB_ID"),
        (["cleanup"], "--days"),
        (["cleanup", "--days", "soon"], "'soon' is not a number of days"),
        (["cleanup", "--days", "-1"], "'-1' is not a number of days"),
        (["jobs", "--status", "lost"], "lost"),
        (["jobs", "--since", "2025-02-30"], "'2025-02-30' is not a date"),
        (["--data-dir"], "--data-dir"),
        (["--headless-demo", "d", "jobs"], "without a command"),
    ],
)
def test_a_wrong_line_is_a_sentence_with_a_way_to_help(line: list[str], told: str) -> None:
    with pytest.raises(CommandError, match=told) as caught:
        Grammar().parse(line)
    assert caught.value.status == 2
    assert "--help" in str(caught.value)


def test_days_are_whole_and_local(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    try:
        options = Grammar().parse(["jobs", "--since", "2025-03-09", "--until", "2025-03-09"])
        exact = Grammar().parse(["jobs", "--since", "2025-03-09T12:00:00+00:00"])
    finally:
        monkeypatch.undo()
        time.tzset()
    assert options.since == datetime.fromisoformat("2025-03-09T00:00:00-05:00").timestamp()
    # the clocks go forward on that day: it has 23 hours
    assert options.until == pytest.approx(options.since + 23 * 3600, abs=0.01)
    assert options.until < options.since + 23 * 3600
    assert exact.since == datetime.fromisoformat("2025-03-09T12:00:00+00:00").timestamp()


def test_every_command_explains_itself(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        Grammar().parse(["--help"])
    assert end.value.code == 0
    text = capsys.readouterr().out
    assert "exit status:" in text
    assert "DB_PATH" in text
    assert "headless" not in text
    for name in ("analyze", "jobs", "status", "songmap", "retry", "cancel", "delete", "cleanup", "health"):
        assert f"\n    {name} " in text
        with pytest.raises(SystemExit):
            Grammar().parse([name, "--help"])
        assert f"performia-desktop {name}" in capsys.readouterr().out
