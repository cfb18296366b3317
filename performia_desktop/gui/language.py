"""The language of the window: the system's, or the user's choice, for our words and for Qt's own.

The words lie in resources/translations (performia_de.ts, compiled to .qm); English is in the source. A language
that is not there shows English. The command line, and what is kept in the database, stay English.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from performia_desktop.assets import resource

LANGUAGES: Final = {"en": "English", "de": "Deutsch", "es": "Español"}
"""From the code of a language to its own name for itself."""


def chosen(choice: str, system: Sequence[str]) -> str:
    """Return the code of the language to show: the user's choice, else the first of the system's that is there.

    `system` is QLocale.uiLanguages(), the most wanted first: "de-AT", "en".
    """
    if choice in LANGUAGES:
        return choice
    return next((code for name in system if (code := name.replace("_", "-").split("-")[0]) in LANGUAGES), "en")


def install(app: QCoreApplication, choice: str) -> str:
    """Let `app` speak the language of a setting ('system' or a code); return its code.

    Numbers and dates are the system's as long as its language is the one that is shown.
    """
    system = QLocale.system()
    code = chosen(choice, system.uiLanguages())
    if QLocale.languageToCode(system.language()) != code and choice != "system":
        QLocale.setDefault(QLocale(code))
    if code != "en":
        folder = resource("translations")
        for name, place in (
            (f"qtbase_{code}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)),
            (f"performia_{code}", str(folder)),
        ):
            translator = QTranslator(app)
            if translator.load(name, place):
                app.installTranslator(translator)
    return code
