"""What an errand calls is let go of where it came from, although the thread that did it still holds the errand."""

from __future__ import annotations

import threading
import weakref

import pytest

from performia_desktop.jobs.errand import Errand


class _Dialog:
    def work(self) -> str:
        return "made"

    def show(self, result: str) -> None:
        pass


def _held_by_a_thread(errand: Errand) -> tuple[threading.Thread, threading.Event]:
    """Start a thread that does the errand and then holds it until the event."""
    done, may_end = threading.Event(), threading.Event()

    def run() -> None:
        errand.succeed(errand.do())
        done.set()
        may_end.wait(10)

    thread = threading.Thread(target=run, name="worker")
    thread.start()
    done.wait(10)
    return thread, may_end


def test_the_last_to_let_go_is_the_one_that_asked() -> None:
    freed_by: list[str] = []
    dialog = _Dialog()
    weakref.finalize(dialog, lambda: freed_by.append(threading.current_thread().name))
    errand = Errand(dialog.work, dialog.show, dialog.show)
    del dialog
    thread, may_end = _held_by_a_thread(errand)
    errand.report()
    assert freed_by == ["MainThread"]
    may_end.set()
    thread.join()


@pytest.mark.parametrize("works", [True, False])
def test_one_callback_is_called_once(works: bool) -> None:
    told: list[str] = []
    errand = Errand(
        lambda: "x", lambda result: told.append(f"then {result}"), lambda why: told.append(f"failed {why}")
    )
    if works:
        errand.succeed(errand.do())
    else:
        errand.fail("why")
    errand.report()
    errand.report()
    assert told == (["then x"] if works else ["failed why"])
