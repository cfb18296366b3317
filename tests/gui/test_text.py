from __future__ import annotations

import os

import pytest
from PySide6.QtCore import QCoreApplication, QLocale

from performia_desktop.gui.text import file_title, plain, plural, quoted, short_path, summary, tooltip


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("Blue Monday", "Blue Monday"),
        ("a\nb\tc\x00d", "a b c d"),
        ("\u202eevil\u202c", "evil"),
        ("\u2066isolated\u2069", "isolated"),
        ("أغنية", "أغنية"),
        ("line\u2028separator", "line separator"),
        ("<img src=x>", "<img src=x>"),
        ("", ""),
    ],
)
def test_plain_is_one_line_without_tricks(given: str, shown: str) -> None:
    assert plain(given) == shown


def test_a_quoted_name_is_isolated() -> None:
    assert quoted("שלום") == "“\u2068שלום\u2069”"


def test_a_tooltip_shows_markup_as_characters() -> None:
    assert tooltip("<b>x</b> & y\nz") == "<qt>&lt;b&gt;x&lt;/b&gt; &amp; y<br>z</qt>"
    assert tooltip("") == ""


@pytest.mark.parametrize(
    ("message", "line"),
    [
        ("One sentence.", "One sentence."),
        ("\n  First.\nSecond.", "First."),
        ("Traceback (most recent call last):\n  File\nValueError: bad", "ValueError: bad"),
        ("", ""),
    ],
)
def test_summary_is_the_telling_line(message: str, line: str) -> None:
    assert summary(message) == line


def test_a_file_without_a_title_is_called_by_its_name() -> None:
    assert file_title("/music/01 Intro (live).v2.flac") == "01 Intro (live).v2"
    assert file_title("C:\\Music\\take 3.wav") == "take 3"
    assert file_title("/music/.hidden") == ".hidden"
    assert file_title("/music/no suffix") == "no suffix"
    assert file_title(None) == ""


def test_plural() -> None:
    def songs(n: int) -> str:
        return plural(n, "1 song", QCoreApplication.translate("test", "%Ln songs", "", n))

    assert [songs(n) for n in (0, 1, 2)] == ["0 songs", "1 song", "2 songs"]
    usual = QLocale()
    QLocale.setDefault(QLocale("de"))
    try:
        assert songs(12_345) == "12.345 songs"
    finally:
        QLocale.setDefault(usual)


@pytest.mark.skipif(os.name != "posix", reason="~ is a custom of POSIX")
def test_the_users_own_folder_is_written_short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/somewhere/me")
    assert short_path("/somewhere/me/jobs.db") == "~/jobs.db"
    assert short_path("/somewhere/mean/jobs.db") == "/somewhere/mean/jobs.db"
    monkeypatch.setenv("HOME", "/")
    assert short_path("/jobs.db") == "/jobs.db"
