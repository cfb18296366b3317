from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtGui import QColor, QIcon, QImage
from PySide6.QtWidgets import QApplication

import performia_desktop.gui
from performia_desktop.assets import resource
from performia_desktop.gui import icons

NAMES = sorted(path.stem for path in resource("icons").glob("*.svg"))
FIXED = {"chevron-up", "chevron-down", "check-on-dark", "check-on-light", "performia-desktop"}


def colored(image: QImage, color: QColor) -> int:
    """How many pixels are fully of a colour."""
    points = ((x, y) for x in range(image.width()) for y in range(image.height()))
    return sum(image.pixelColor(x, y) == color for x, y in points)


@pytest.mark.parametrize("name", [name for name in NAMES if name not in FIXED])
def test_is_drawn_in_the_colour_it_is_asked_for(qapp: QApplication, name: str) -> None:
    red = QColor("#ff0000")
    for size in icons.SIZES:
        image = icons.pixmap(name, red, size, 2.0).toImage()
        assert (image.width(), image.height()) == (2 * size, 2 * size)
        assert image.devicePixelRatio() == 2.0
        inked = [
            c for x in range(image.width()) for y in range(image.height()) if (c := image.pixelColor(x, y)).alpha()
        ]
        assert len(inked) > size
        assert all(c.red() > 200 and c.green() < 40 for c in inked if c.alpha() > 200)


@pytest.mark.parametrize("name", NAMES)
def test_is_a_clean_svg(name: str) -> None:
    root = ElementTree.fromstring(resource("icons", f"{name}.svg").read_text(encoding="utf-8"))
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    if name not in FIXED:
        assert root.get("viewBox") == "0 0 24 24"
        assert root.get("stroke-width") == "1.5"
        assert root.get("stroke") == "currentColor"


def test_a_stroke_is_as_wide_at_every_size(qapp: QApplication) -> None:
    black = QColor("#000000")
    for size in icons.SIZES:
        image = icons.pixmap("add", black, size, 4.0).toImage()
        column = image.width() // 4
        ink = sum(image.pixelColor(column, y).alphaF() for y in range(image.height())) / 4.0
        assert ink == pytest.approx(1.5, abs=0.15)


def test_every_icon_is_used_and_every_name_exists() -> None:
    package = Path(performia_desktop.gui.__file__).parent
    code = "\n".join(path.read_text(encoding="utf-8") for path in package.rglob("*.py"))
    for name in NAMES:
        assert f'"{name}"' in code or f'"{name}.svg"' in code, name
    used = set(re.findall(r'(?:pixmap|icon)\("([a-z-]+)"', code))
    assert used <= set(NAMES)


def test_a_disabled_icon_is_fainter(qapp: QApplication) -> None:
    icon = icons.icon("add", qapp.palette())
    normal = icon.pixmap(20, QIcon.Mode.Normal).toImage()
    disabled = icon.pixmap(20, QIcon.Mode.Disabled).toImage()
    assert normal != disabled


def test_the_program_icon_has_all_sizes(qapp: QApplication) -> None:
    sizes = {size.width() for size in icons.program_icon().availableSizes()}
    assert {16, 32, 48, 256} <= sizes
