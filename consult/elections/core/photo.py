"""A portrait out of whatever a phone sends: small, square, and nothing in it but the picture.

What the camera wrote beside it (place, time, device, thumbnail) is gone, for the picture is
painted anew from bare pixels (docs/adr/0014). Nothing here trusts the file: only three formats
are tried, and its size is read before a single pixel is.
"""

from io import BytesIO
from typing import Final, NamedTuple

from PIL import Image, ImageOps

MOST_BYTES: Final = 8 * 1024 * 1024
MOST_PIXELS: Final = 26_000_000
"""More than the 24.5 million of today's phones; once decoded they take 104 MB."""
SIDE: Final = 480
SHORTEST_SIDE: Final = 120
LARGEST_JPEG: Final = 60_000
_FORMATS: Final = ("JPEG", "PNG", "WEBP")
_QUALITIES: Final = (85, 75, 65, 55, 45, 30, 15)
_LONGEST: Final = 4
"""Sides of a picture: of what is longer the ends are cut off first."""
_AVERAGED: Final = ("RGB", "RGBA", "L", "LA", "CMYK")
"""Kinds of pixels of which a mean can be taken."""
_FACES: Final = (0.5, 0.4)
"""Where the square is cut: faces are above the middle."""
_HEIC: Final = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypmsf1", b"ftyphevc")


class NoPhoto(NamedTuple):
    """Why a file gives no portrait, with the limit that the reason speaks of."""

    code: str
    limit: int = 0


_FLOOD: Final = NoPhoto("photo_pixels", MOST_PIXELS // 1_000_000)


def portrait(raw: bytes) -> bytes | NoPhoto:
    """The file as a square JPEG of at most ``LARGEST_JPEG`` bytes, or why there is none."""
    if not raw:
        return NoPhoto("photo_missing")
    if len(raw) > MOST_BYTES:
        return NoPhoto("photo_large", MOST_BYTES // 1024 // 1024)
    if raw[4:12] in _HEIC:
        return NoPhoto("photo_heic")
    try:
        return _made(raw)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return _FLOOD
    except Exception:  # noqa: BLE001 - however a decoder fails, it comes to: this is no picture
        return NoPhoto("photo_unreadable")


def _made(raw: bytes) -> bytes | NoPhoto:
    with Image.open(BytesIO(raw), formats=_FORMATS) as found:
        width, height = found.size
        if width * height > MOST_PIXELS:
            return _FLOOD
        if min(width, height) < SHORTEST_SIDE:
            return NoPhoto("photo_small", SHORTEST_SIDE)
        found.draft("RGB", (2 * SIDE, 2 * SIDE))  # a JPEG is then decoded smaller, and faster
        upright = ImageOps.exif_transpose(_shrunk(found))
        side = min(SIDE, *upright.size)
        square = ImageOps.fit(_on_white(upright), (side, side), centering=_FACES)
    bare = Image.frombytes("RGB", square.size, square.tobytes())
    return _small(bare)


def _shrunk(found: Image.Image) -> Image.Image:
    """Not much larger than the portrait: what is done next makes several copies of it.

    Some bytes of PNG or WebP can be a whole field of pixels, and every copy of that is 100 MB.
    """
    width, height = found.size
    side = min(width, height)
    far = max(0, max(width, height) - _LONGEST * side) // 2
    cut = (far, 0, width - far, height) if width > height else (0, far, width, height - far)
    if far:
        found = found.crop(cut)
    if (times := side // (2 * SIDE)) < 2:
        return found
    if found.mode not in _AVERAGED:
        found = found.convert("RGBA" if found.has_transparency_data else "RGB")
    return found.reduce(times)


def _on_white(found: Image.Image) -> Image.Image:
    """In plain colours; what lets the ground through stands on white."""
    if not found.has_transparency_data:
        return found.convert("RGB")
    ground = Image.new("RGBA", found.size, "white")
    ground.alpha_composite(found.convert("RGBA"))
    return ground.convert("RGB")


def _small(picture: Image.Image) -> bytes:
    for quality in _QUALITIES:
        held = BytesIO()
        picture.save(held, "JPEG", quality=quality, optimize=True)
        if held.tell() <= LARGEST_JPEG:
            break
    return held.getvalue()
