"""The parts of the bundle that need no bundle: icons, stand-ins, what is left out, what a desktop is told."""

from __future__ import annotations

import ctypes
import plistlib
import re
import struct
import subprocess
import sys
from collections.abc import Iterator
from configparser import ConfigParser
from pathlib import Path

import pytest

from performia_desktop import __version__, notices
from performia_desktop.cli.parser import Grammar
from performia_desktop.jobs.expand import AUDIO_EXTENSIONS, PLAYLIST_EXTENSIONS

ROOT = Path(__file__).resolve().parent.parent
PACKAGING = ROOT / "packaging"
SUFFIXES = AUDIO_EXTENSIONS | PLAYLIST_EXTENSIONS


@pytest.fixture(autouse=True)
def scripts(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let packaging's scripts be imported by their names, as they import each other."""
    known = set(sys.modules)
    monkeypatch.syspath_prepend(str(PACKAGING))
    yield
    for name in set(sys.modules) - known:
        if str(getattr(sys.modules[name], "__file__", "")).startswith(str(PACKAGING)):
            del sys.modules[name]


def test_icons_come_in_every_size_and_other_readers_read_the_containers(qapp: object, tmp_path: Path) -> None:
    import icons
    from PySide6.QtGui import QImage, QImageReader

    drawn = icons.draw(ROOT / "resources" / "icons" / "performia-desktop.svg", tmp_path)
    for size, path in drawn.items():
        image = QImage(str(path))
        assert (image.width(), image.height()) == (size, size)
        assert image.pixelColor(0, 0).alpha() == 0  # round corners
        assert image.pixelColor(size // 2, size // 2).alpha() == 255
    reader = QImageReader(str(tmp_path / "performia-desktop.ico"))
    sizes = []
    for number in range(reader.imageCount()):
        reader.jumpToImage(number)
        sizes.append(reader.read().width())
    assert sizes == [16, 24, 32, 48, 64, 128, 256]
    assert not QImage(str(tmp_path / "performia-desktop.icns")).isNull()


def test_at_16_pixels_the_icon_is_sharp(qapp: object, tmp_path: Path) -> None:
    """The drawing stands on the grid of 16: inside, every pixel is of a flat colour or nearly."""
    import icons
    from PySide6.QtGui import QColor, QImage

    image = QImage(str(icons.draw(ROOT / "resources" / "icons" / "performia-desktop.svg", tmp_path)[16]))
    flat = [QColor(name) for name in ("#0f141b", "#22b8cf", "#ffd43b", "#4ade80")]

    def far(color: QColor) -> int:
        return min(
            abs(color.red() - one.red()) + abs(color.green() - one.green()) + abs(color.blue() - one.blue())
            for one in flat
        )

    inside = [far(image.pixelColor(x, y)) for x in range(2, 14) for y in range(2, 14)]
    assert sum(distance > 90 for distance in inside) == 0


@pytest.mark.skipif(sys.platform != "linux", reason="stand-ins are for Linux")
def test_a_stand_in_offers_the_same_names_and_its_functions_return_0(tmp_path: Path) -> None:
    import stub

    processor = stub.machine(Path(sys.executable).resolve())
    path = tmp_path / "libnothing.so.1"
    offered = [stub.Symbol(b"api_get", 2, True, 0), stub.Symbol(b"levels", 1, True, 40)]
    path.write_bytes(stub.image(path.name.encode(), offered, processor, stub.RETURN_ZERO[processor]))
    assert [(one.name, one.kind) for one in _dynamic(path)] == [("api_get", "FUNC"), ("levels", "OBJECT")]
    library = ctypes.CDLL(str(path))
    assert library.api_get(8) == 0
    assert bytes((ctypes.c_char * 40).in_dll(library, "levels")) == bytes(40)
    with pytest.raises(AttributeError):
        library.another  # noqa: B018


class _Symbol:
    def __init__(self, name: str, kind: str) -> None:
        self.name, self.kind = name, kind


def _dynamic(library: Path) -> list[_Symbol]:
    """Return a library's symbols by reading its segments, as a loader does."""
    data = library.read_bytes()
    [place] = [
        struct.unpack_from("<QQ", data, at + 8)[0]
        for at in range(64, 64 + 4 * 56, 56)
        if struct.unpack_from("<I", data, at)[0] == 2
    ]
    table = {}
    while (pair := struct.unpack_from("<QQ", data, place))[0]:
        table[pair[0]] = pair[1]
        place += 16
    count = struct.unpack_from("<I", data, table[4] + 4)[0]
    found = []
    for number in range(1, count):
        name, info = struct.unpack_from("<IB", data, table[6] + 24 * number)
        start = table[5] + name
        found.append(_Symbol(data[start : data.index(b"\0", start)].decode(), {1: "OBJECT", 2: "FUNC"}[info & 15]))
    return found


def test_nothing_under_the_gpl_gets_into_the_bundle_unnoticed() -> None:
    import prune

    pruned = prune.Pruned()
    pruned.take(
        [
            ("av.libs/libx265-f5385bb8.so.216", "/site/av.libs/libx265-f5385bb8.so.216", "BINARY"),
            ("av.libs/libavcodec-5e6b81c2.so.62", "/site/av.libs/libavcodec-5e6b81c2.so.62", "BINARY"),
            ("libx264-164.dll", "C:/site/libx264-164.dll", "BINARY"),
        ]
    )
    assert [entry[0] for entry in pruned.stand_ins] == ["av.libs/libx265-f5385bb8.so.216"]
    assert pruned.gpl() == ["libx264-164.dll"]


@pytest.mark.parametrize(
    ("place", "source", "stays"),
    [
        ("PySide6/Qt/plugins/platforms/libqxcb.so", "/site/libqxcb.so", True),
        ("PySide6/plugins/platforms/qwindows.dll", "C:/site/qwindows.dll", True),
        ("PySide6/Qt/plugins/platforms/libqcocoa.dylib", "/site/libqcocoa.dylib", True),
        ("PySide6/Qt/plugins/platforms/libqvnc.so", "/site/libqvnc.so", False),
        ("PySide6/Qt/plugins/platforms/libqminimalegl.so", "/site/libqminimalegl.so", False),
        ("PySide6/Qt/plugins/sqldrivers/libqsqlite.so", "/site/libqsqlite.so", True),
        ("PySide6/Qt/plugins/sqldrivers/libqsqlmysql.so", "/site/libqsqlmysql.so", False),
        ("PySide6/Qt/plugins/webview/libqtwebview_webengine.so", "/site/x.so", False),
        ("PySide6/Qt/plugins/printsupport/libcupsprintersupport.so", "/site/x.so", True),
        ("PySide6/Qt/plugins/multimedia/libffmpegmediaplugin.so", "/site/x.so", False),
        ("PySide6/Qt/lib/libavcodec.so.61", "/site/libavcodec.so.61", False),
        ("av.libs/libavcodec-1d2f.so.62", "/site/libavcodec.so.62", True),
        ("PySide6/Qt/lib/libQt6Quick.so.6", "/site/libQt6Quick.so.6", False),
        ("PySide6/Qt/lib/libQt6Multimedia.so.6", "/site/libQt6Multimedia.so.6", True),
        ("PySide6/Qt/lib/libQt6Concurrent.so.6", "/site/libQt6Concurrent.so.6", True),  # Multimedia needs it
        ("PySide6/Qt/translations/qtbase_de.qm", "/site/qtbase_de.qm", True),
        ("PySide6/Qt/translations/qtbase_fi.qm", "/site/qtbase_fi.qm", False),
        ("libgtk-3.so.0", "/usr/lib/x86_64-linux-gnu/libgtk-3.so.0", False),
        ("libxcb-cursor.so.0", "/lib/x86_64-linux-gnu/libxcb-cursor.so.0", True),
        ("scipy/special/_ufuncs.so", "/site/scipy/special/_ufuncs.so", True),
        ("scipy/linalg/_flapack.so", "/site/scipy/linalg/_flapack.so", False),
        ("performia_desktop/resources/icons/add.svg", "/x/resources/icons/add.svg", True),
        ("performia_desktop/resources/screenshots/song.png", "/x/resources/screenshots/song.png", False),
        ("numpy-2.4.6.dist-info/RECORD", "/site/numpy-2.4.6.dist-info/RECORD", False),
        ("scipy-1.17.1.dist-info/LICENSE.txt", "/site/scipy-1.17.1.dist-info/LICENSE.txt", True),
    ],
)
def test_what_stays_and_what_goes(place: str, source: str, stays: bool) -> None:
    import prune

    pruned = prune.Pruned()
    assert [entry[0] for entry in pruned.take([(place, source, "BINARY")])] == ([place] if stays else [])


def test_a_desktop_is_told_of_every_format_that_the_code_knows() -> None:
    from linux import files

    assert set(files.MIME_TYPES) == SUFFIXES
    entry = ConfigParser(interpolation=None, strict=True)
    entry.optionxform = str  # type: ignore[assignment,method-assign]
    entry.read_string(files.desktop_entry())
    assert entry["Desktop Entry"]["MimeType"].strip(";").split(";") == files.mime_types()
    assert entry["Desktop Entry"]["Exec"].startswith("performia-desktop ")
    metainfo = files.metainfo("2026-01-02")
    assert re.findall(r"<mediatype>(.+)</mediatype>", metainfo) == files.mime_types()
    assert f'<release version="{__version__}" date="2026-01-02"/>' in metainfo


def test_windows_is_told_of_every_format_that_the_code_knows() -> None:
    script = (PACKAGING / "windows" / "performia.iss").read_text(encoding="utf-8")
    assert set(re.findall(r'#emit Suffix\("(\w+)"\)', script)) == SUFFIXES


def test_the_windows_version_resource_is_one() -> None:
    """PyInstaller evaluates the text with its own classes; here each of them only keeps what it is given."""
    from windows import version

    text = version.resource()
    kept = {
        name: lambda *given, name=name, **named: (name, given, named)
        for name in re.findall(r"[A-Z]\w+(?=\()", text)
    }
    name, _, parts = eval(text, {"__builtins__": {}}, kept)
    assert name == "VSVersionInfo"
    numbers = parts["ffi"][2]["filevers"]
    assert len(numbers) == 4
    assert __version__ == ".".join(map(str, numbers[:3]))
    assert [kid[0] for kid in parts["kids"]] == ["StringFileInfo", "VarFileInfo"]


def test_the_entitlements_are_a_property_list() -> None:
    with (PACKAGING / "macos" / "entitlements.plist").open("rb") as file:
        assert all(plistlib.load(file).values())


def test_the_manual_has_every_command_and_roff_has_nothing_to_complain_of(tmp_path: Path) -> None:
    import manpage

    page = manpage.page(0.0)
    for name in Grammar()._commands.choices:
        assert f"\n.SS {name}\n" in page
    assert '.TH PERFORMIA-DESKTOP 1 "1970-01-01"' in page
    unescaped = re.sub(r"\\(e|\(ga|-|&|f[BIR])", "", page)
    assert "\\" not in unescaped
    assert not re.search(r"^\.(?!TH|SH|SS|TP|PP|nf|fi|B|br)", page, flags=re.MULTILINE)


def test_the_notices_name_what_the_program_is_built_with_and_no_tool_of_ours() -> None:
    text = notices.computed()
    head = text.partition("-" * 78)[0]
    for name in (
        "Python",
        "PySide6_Essentials",
        "numpy",
        "scipy",
        "av",
        "soundfile",
        "soxr",
        "FFmpeg",
        "LGPL-3.0",
    ):
        assert name in head
    for name in ("pytest", "librosa", "pyinstaller", "hatchling"):
        assert name not in head
    assert "Permission is hereby granted, free of charge" in text
    assert notices.notices() == text  # no bundle here


def test_the_libraries_are_one_list() -> None:
    from linux import files

    needed, all_of_them = files.libraries(brought_along=False), files.libraries(brought_along=True)
    assert ["libglib2.0-0", "libglib2.0-0t64"] in needed
    assert ["libxcb-cursor0"] in all_of_them
    assert ["libxcb-cursor0"] not in needed
    shell = "sed '/^#/d; /^\\[/d; /^$/d' packaging/libraries.txt"
    listed = subprocess.run(["sh", "-c", shell], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert [line.split("|") for line in listed.split()] == all_of_them


def test_the_notices_that_a_bundle_brings_are_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "notices.txt").write_text("libexample: MIT", encoding="utf-8")
    monkeypatch.setattr(notices, "resource", tmp_path.joinpath)
    assert notices.notices() == "libexample: MIT"
