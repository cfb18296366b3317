from __future__ import annotations

import contextlib
import logging
from pathlib import Path

import pytest

from performia_desktop import log


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a file that takes nothing")
def test_a_full_disk_costs_the_line_and_says_nothing(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "performia.log").symlink_to("/dev/full")
    log.configure(tmp_path)
    logging.getLogger("performia_desktop.test").info("a line")
    [file] = [handler for handler in logging.getLogger().handlers if isinstance(handler, logging.FileHandler)]
    with contextlib.suppress(OSError):  # the line is still to be written
        file.close()
    assert capfd.readouterr().err == ""


def test_it_rotates_and_is_the_users_alone(tmp_path: Path) -> None:
    log.configure(tmp_path)
    logger = logging.getLogger("performia_desktop.test")
    for number in range(60):
        logger.info("%d %s", number, "x" * 100_000)
    log.configure(None)
    files = sorted(path.name for path in tmp_path.iterdir())
    assert files == ["performia.log", "performia.log.1", "performia.log.2", "performia.log.3"]
    assert " 59 x" in (tmp_path / "performia.log").read_text()
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) < 4_500_000
