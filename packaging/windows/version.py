"""The version resource of the Windows programs, in the form that PyInstaller reads."""

from __future__ import annotations

from performia_desktop import __version__


def resource() -> str:
    numbers = tuple(int(part) for part in (__version__.split("+")[0] + ".0.0.0").split(".")[:4])
    words = {
        "CompanyName": "The Performia Desktop founders",
        "FileDescription": "Performia Desktop",
        "FileVersion": __version__,
        "InternalName": "performia-desktop",
        "LegalCopyright": "The Performia Desktop founders, MIT licence",
        "OriginalFilename": "Performia Desktop.exe",
        "ProductName": "Performia Desktop",
        "ProductVersion": __version__,
    }
    strings = ", ".join(f"StringStruct({name!r}, {text!r})" for name, text in words.items())
    return (
        f"VSVersionInfo(ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3f, flags=0, OS=0x40004,"
        " fileType=1, subtype=0, date=(0, 0)), kids=["
        f"StringFileInfo([StringTable('040904B0', [{strings}])]),"
        " VarFileInfo([VarStruct('Translation', [1033, 1200])])])\n"
    )
