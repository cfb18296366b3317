from __future__ import annotations

import sys
from pathlib import Path

import pytest

from performia_desktop.gui import motion

pytestmark = pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="asks the desktops of Linux")


@pytest.fixture(autouse=True)
def _plain_desktop(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CURRENT_DESKTOP", raising=False)


@pytest.mark.parametrize(("factor", "less"), [("0", True), ("0.5", False), ("1", False), ("fast", False)])
def test_kde(tmp_path: Path, factor: str, less: bool) -> None:
    (tmp_path / "kdeglobals").write_text(f"[KDE]\nAnimationDurationFactor={factor}\n[KDE]\nLookAndFeelPackage=x\n")
    assert motion.reduced() is less


@pytest.mark.parametrize(("answer", "less"), [("echo false", True), ("echo true", False), ("exit 1", False)])
def test_gnome(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str, less: bool) -> None:
    program = tmp_path / "gsettings"
    program.write_text(f"#!/bin/sh\n{answer}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", "ubuntu:GNOME")
    assert motion.reduced() is less


def test_a_desktop_that_says_nothing_may_move(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert not motion.reduced()
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", "GNOME")
    monkeypatch.setenv("PATH", str(tmp_path))  # no gsettings
    assert not motion.reduced()
