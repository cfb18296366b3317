"""The Song Map itself, as resources/song_map.schema.json describes it."""

from __future__ import annotations

import json

from performia_desktop.export.options import Options
from performia_desktop.songmap.model import SongMap


def render(song: SongMap, _options: Options) -> str:
    return json.dumps(song.to_json(), ensure_ascii=False, indent=1) + "\n"
