"""The nets themselves: each kind of leak must fail its test, and an allowed or ended one must not."""

from __future__ import annotations

import pytest

pytest_plugins = ["pytester"]

HEADER = """
import logging, subprocess, sys, threading
import pytest
from PySide6.QtCore import QThread, QTimer
"""

LEAKS = {
    "log": "logging.getLogger('performia_desktop.x').warning('lost it')",
    "qt": "from PySide6.QtCore import qWarning; qWarning('lost it')",
    "child": "test_it.child = subprocess.Popen([sys.executable, '-c', 'input()'], stdin=subprocess.PIPE)",
    "timer": "test_it.timer = QTimer(); test_it.timer.start(10_000)",
    "qthread": "test_it.thread = QThread(); test_it.thread.start()",
    "thread": "threading.Thread(target=threading.Event().wait, daemon=True, name='lost it').start()",
}


@pytest.fixture
def inner(
    pytester: pytest.Pytester, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> pytest.Pytester:
    pytester.makeconftest(
        "import tests.leaks\ntests.leaks.GRACE = 0.3\nfrom tests.conftest import *\n"
        "from tests.conftest import _home, _leak_watch, _nothing_left_behind, _no_unexpected_log"
    )
    pytester.makeini("[pytest]\nqt_api=pyside6\nqt_log_level_fail=WARNING\nmarkers=\n")
    monkeypatch.setenv("PYTHONPATH", str(request.config.rootpath))
    return pytester


def test_each_leak_fails_its_test(inner: pytest.Pytester) -> None:
    names = list(LEAKS)
    body = "".join(
        f"def test_{name}(qapp):\n    {code.replace('test_it', f'test_{name}')}\n" for name, code in LEAKS.items()
    )
    inner.makepyfile(HEADER + body)
    result = inner.runpytest_subprocess("-p", "no:cacheprovider")
    # Qt's own messages fail the test itself, the others at its end.
    failed = {
        line.split("::test_")[1].split(" ")[0]
        for line in result.outlines
        if line.startswith(("ERROR ", "FAILED "))
    }
    assert failed == set(names)


def test_what_ended_or_was_expected_passes(inner: pytest.Pytester) -> None:
    inner.makepyfile(
        HEADER
        + """
@pytest.mark.allow_log("disk is full")
def test_log():
    logging.getLogger("performia_desktop.x").warning("the disk is full")

def test_ended(qapp):
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait()
    thread = QThread()
    thread.start()
    thread.quit()
    assert thread.wait()
    timer = QTimer()
    timer.start(10_000)
    timer.stop()
    plain = threading.Thread(target=int)
    plain.start()
"""
    )
    inner.runpytest_subprocess("-p", "no:cacheprovider").assert_outcomes(passed=2)
