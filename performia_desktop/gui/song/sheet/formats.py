"""All formats a song can be exported in: those of `export`, and the printed chart, which needs Qt to be drawn."""

from __future__ import annotations

from typing import Final

from performia_desktop.export.formats import FORMATS, Format

PDF: Final = Format(
    "pdf", ".pdf", "chord chart to print", "pdf:render", text=False, package="performia_desktop.gui.song.sheet"
)
EVERY_FORMAT: Final = {**FORMATS, PDF.name: PDF}
