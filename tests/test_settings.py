from __future__ import annotations

from pathlib import Path

from performia_desktop.settings import Settings


def test_what_a_kill_during_a_save_left_is_removed(tmp_path: Path) -> None:
    """Qt saves to settings.ini with six random letters behind it, and renames that."""
    names = ["settings.ini", "settings.ini.backup", "settings.ini.bak", "settings.inisWGIqn"]
    for name in (*names, "settings.ini.sWGIqn"):
        (tmp_path / name).write_text("[queue]\njobs_at_once=3\n")
    assert Settings(tmp_path / "settings.ini").jobs_at_once == 3
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names)
