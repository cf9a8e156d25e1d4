"""Own figures in a link: many of them in a short text, so that the link can still be sent.

The ids are in `figure_ids.txt`. It only grows at its end, so that a position always means the same figure. A packed
text is `z.` and the compressed list of the numbers, where `k*` skips k figures.
"""

from __future__ import annotations

import base64
import binascii
import zlib
from pathlib import Path

from hiring.model.own_figures import Own, written

IDS = tuple((Path(__file__).parent / "figure_ids.txt").read_text(encoding="utf-8").split())
MARK = "z."
PLAIN_UP_TO = 400  # characters that stay readable as they are
MAX_UNPACKED_CHARS = 100_000


def short(own: Own) -> str:
    """Own figures as text: as they are written if that is short or the list of ids lacks one, otherwise packed."""
    plain = written(own)
    return plain if len(plain) <= PLAIN_UP_TO or not {id_ for id_, _ in own} <= set(IDS) else packed(own)


def packed(own: Own) -> str:
    """Own figures as packed text. Raises KeyError for a figure that is not in the list of ids."""
    places = {id_: place for place, id_ in enumerate(IDS)}
    entries, expected = [], 0
    for id_, numbers in sorted(own, key=lambda item: places[item[0]]):
        skipped = places[id_] - expected
        text = written([(id_, numbers)]).partition("~")[2]
        entries.append(f"{skipped}*{text}" if skipped else text)
        expected = places[id_] + 1
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15, 9)
    small = deflate.compress("~~".join(entries).encode()) + deflate.flush()
    return MARK + base64.urlsafe_b64encode(small).decode().rstrip("=")


def plain_text(text: str) -> str:
    """The text in the form that `hiring.model.own_figures.read` takes. Raises ValueError if packed text is damaged."""
    if not text.startswith(MARK):
        return text
    code = text.removeprefix(MARK)
    try:
        inflate = zlib.decompressobj(-15)
        small = base64.b64decode(code + "=" * (-len(code) % 4), b"-_", validate=True)
        whole = inflate.decompress(small, MAX_UNPACKED_CHARS)
        if not inflate.eof or inflate.unconsumed_tail or inflate.unused_data:
            raise ValueError
        entries = [entry for entry in whole.decode("ascii").split("~~") if entry]
    except (binascii.Error, zlib.error, UnicodeError, ValueError) as error:
        raise ValueError("damaged") from error
    found, place = [], 0
    for entry in entries:
        skipped, star, numbers = entry.rpartition("*")
        if star:
            place += int(skipped) if skipped.isascii() and skipped.isdigit() and len(skipped) < 5 else len(IDS)
        if place >= len(IDS):
            raise ValueError("damaged")
        found.append(f"{IDS[place]}~{numbers}")
        place += 1
    return "~~".join(found)
