from __future__ import annotations

from pathlib import Path

import pytest

from performia_desktop import settings
from performia_desktop.settings import Settings


def test_what_a_kill_during_a_save_left_is_removed(tmp_path: Path) -> None:
    """Qt saves to settings.ini with six random letters behind it, and renames that."""
    names = ["settings.ini", "settings.ini.backup", "settings.ini.bak", "settings.inisWGIqn"]
    for name in (*names, "settings.ini.sWGIqn"):
        (tmp_path / name).write_text("[queue]\njobs_at_once=3\n")
    assert Settings(tmp_path / "settings.ini").jobs_at_once == 3
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names)


def test_what_an_older_version_has_written_counts_and_what_a_newer_one_has_is_left(tmp_path: Path) -> None:
    file = tmp_path / "settings.ini"
    file.write_text("[queue]\njobs_at_once=3\n[window]\ncolor_scheme=dark\n[future]\nwish=7\n")
    old = Settings(file)
    old.sync()
    assert (old.jobs_at_once, old.color_scheme) == (3, "dark")
    kept = file.read_text()
    assert f"version={settings.VERSION}" in kept
    assert "wish=7" in kept
    file.write_text("[General]\nversion=99\n[queue]\njobs_at_once=2\n")
    newer = Settings(file)
    assert newer.jobs_at_once == 2
    newer.sync()
    assert "version=99" in file.read_text()


def test_each_step_runs_once_and_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[int] = []
    monkeypatch.setattr(settings, "_STEPS", (lambda _: ran.append(0), lambda _: ran.append(1)))
    monkeypatch.setattr(settings, "VERSION", 2)
    file = tmp_path / "settings.ini"
    file.write_text("[General]\nversion=1\n")
    Settings(file).sync()
    Settings(file).sync()
    assert ran == [1]


@pytest.mark.parametrize("nonsense", ["abc", "", "-5", "1e9"])
def test_nonsense_counts_as_the_default(tmp_path: Path, nonsense: str) -> None:
    file = tmp_path / "settings.ini"
    file.write_text(f"[General]\nversion={nonsense}\n[analysis]\nmemory_mb={nonsense}\n[queue]\nnotify_done=x\n")
    read = Settings(file)
    assert read.chosen_memory is None
    assert read.notify_done


def test_words_are_recognised_only_with_a_folder_that_was_chosen(tmp_path: Path) -> None:
    file = tmp_path / "settings.ini"
    chosen = Settings(file)
    assert chosen.lyrics_model == ""
    chosen.lyrics_model = "/models/small"
    chosen.sync()
    assert Settings(file).lyrics_model == "/models/small"
