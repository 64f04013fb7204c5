"""A portrait out of whatever somebody sends, and nothing in it but the picture."""

import struct
import subprocess
import sys
import zlib
from io import BytesIO
from threading import Thread

import pytest
from PIL import Image, ImageDraw
from PIL.PngImagePlugin import PngInfo
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from consult.elections.core import photo
from consult.elections.core.photo import LARGEST_JPEG, NoPhoto, portrait
from consult.elections.forms.nomination import ONE_AT_A_TIME, sent_portrait

SECRET = "Kanariestraat 12"
ORIENTATION, MAKER, GPS, DESCRIPTION = 0x0112, 0x010F, 0x8825, 0x010E


def sent(picture: Image.Image, kind: str = "JPEG", **more: object) -> bytes:
    held = BytesIO()
    picture.save(held, kind, **more)
    return held.getvalue()


def seen(raw: bytes | NoPhoto) -> Image.Image:
    assert isinstance(raw, bytes), raw
    found = Image.open(BytesIO(raw))
    assert found.format == "JPEG"
    return found


def halves(width: int, height: int) -> Image.Image:
    """Red on the left, blue on the right."""
    made = Image.new("RGB", (width, height), "blue")
    ImageDraw.Draw(made).rectangle((0, 0, width // 2, height), "red")
    return made


def tagged() -> bytes:
    """A photo as a phone makes it: with a place, a maker, a comment and a profile."""
    exif = Image.Exif()
    exif[MAKER], exif[DESCRIPTION] = SECRET, SECRET
    exif.get_ifd(GPS).update({1: "N", 2: (51.0, 55.0, 12.0), 3: "E", 4: (4.0, 28.0, 1.0)})
    return sent(
        halves(800, 600),
        exif=exif,
        comment=SECRET.encode(),
        icc_profile=SECRET.encode(),
        xmp=SECRET.encode(),
    )


def test_a_portrait_is_square_small_and_in_colour() -> None:
    found = seen(portrait(sent(halves(1200, 900))))
    assert (found.size, found.mode) == ((480, 480), "RGB")


def test_nothing_that_the_camera_wrote_is_left() -> None:
    raw = tagged()
    assert SECRET.encode() in raw
    assert Image.open(BytesIO(raw)).getexif().get_ifd(GPS)
    made = portrait(raw)
    found = seen(made)
    assert isinstance(made, bytes)
    assert SECRET.encode() not in made
    assert b"Exif" not in made
    assert dict(found.getexif()) == {}
    assert {"exif", "comment", "icc_profile", "xmp"} & found.info.keys() == set()


def test_what_a_png_says_beside_the_picture_is_gone_too() -> None:
    told = PngInfo()
    told.add_text("Author", SECRET)
    made = portrait(sent(halves(300, 300), "PNG", pnginfo=told))
    assert isinstance(made, bytes)
    assert SECRET.encode() not in made


def test_a_photo_that_lies_on_its_side_is_put_upright() -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6  # turned a quarter to the right to be seen upright
    found = seen(portrait(sent(halves(400, 400), exif=exif)))
    top, bottom = found.getpixel((200, 20)), found.getpixel((200, 380))
    assert isinstance(top, tuple)
    assert isinstance(bottom, tuple)
    assert top[0] > 200 > bottom[0]
    assert bottom[2] > 200 > top[2]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_each_of_three_formats_is_taken(kind: str) -> None:
    assert seen(portrait(sent(halves(300, 200), kind))).size == (200, 200)


def test_a_photo_for_print_becomes_one_for_the_screen() -> None:
    found = seen(portrait(sent(halves(300, 300).convert("CMYK"))))
    pixel = found.getpixel((20, 150))
    assert isinstance(pixel, tuple)
    assert pixel[0] > 200 > pixel[2]


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_what_lets_the_ground_through_stands_on_white(mode: str) -> None:
    if mode == "P":
        clear = Image.new("P", (200, 200), 0)
        clear.putpalette([0, 0, 0])
        raw = sent(clear, "PNG", transparency=0)
    else:
        raw = sent(Image.new(mode, (200, 200), (0,) * len(mode)), "PNG")
    assert seen(portrait(raw)).getpixel((100, 100)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["L", "1", "I;16"])
def test_a_photo_without_colours_is_taken(mode: str) -> None:
    assert seen(portrait(sent(Image.new(mode, (200, 200)), "PNG"))).mode == "RGB"


def test_even_noise_fits_into_the_largest_size() -> None:
    noise = Image.effect_noise((900, 900), 255).convert("RGB")
    made = portrait(sent(noise, "PNG"))
    assert isinstance(made, bytes)
    assert 30_000 < len(made) <= LARGEST_JPEG


def test_the_same_file_gives_the_same_portrait() -> None:
    assert portrait(tagged()) == portrait(tagged())


def test_a_file_that_claims_endless_pixels_is_refused_unread() -> None:
    """A PNG of 50,000 by 50,000, which would take 7.5 GB, in some hundred bytes."""
    head = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b""))
    raw = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in chunks
    )
    assert portrait(raw) == NoPhoto("photo_pixels", 26)


def test_more_pixels_than_a_phone_makes_are_refused() -> None:
    assert portrait(sent(Image.new("1", (6000, 5000)), "PNG")) == NoPhoto("photo_pixels", 26)


def test_more_bytes_than_may_come_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = sent(halves(300, 300))
    assert portrait(raw + b"\0" * photo.MOST_BYTES) == NoPhoto("photo_large", 8)


@pytest.mark.parametrize("kept", [0.3, 0.9])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_file_that_ends_too_soon_is_refused(kind: str, kept: float) -> None:
    raw = sent(Image.effect_noise((400, 400), 90).convert("RGB"), kind)
    assert portrait(raw[: int(len(raw) * kept)]) == NoPhoto("photo_unreadable")


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (b"", NoPhoto("photo_missing")),
        (b"%PDF-1.7 geen foto", NoPhoto("photo_unreadable")),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", NoPhoto("photo_unreadable")),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", NoPhoto("photo_heic")),
    ],
)
def test_what_is_no_photo_is_refused_with_its_reason(raw: bytes, problem: NoPhoto) -> None:
    assert portrait(raw) == problem


@pytest.mark.parametrize("kind", ["GIF", "BMP", "TIFF", "ICO"])
def test_other_formats_are_not_even_tried(kind: str) -> None:
    assert portrait(sent(halves(200, 200), kind)) == NoPhoto("photo_unreadable")


def test_a_stamp_is_too_small_to_know_anybody_by() -> None:
    assert portrait(sent(halves(119, 400))) == NoPhoto("photo_small", 120)


_WITHIN = """
import resource, sys
from consult.elections.core.photo import portrait
raw = sys.stdin.buffer.read()
pages = int(open("/proc/self/statm").read().split()[0])
most = pages * resource.getpagesize() + int(sys.argv[1]) * 1024 * 1024
resource.setrlimit(resource.RLIMIT_AS, (most, most))
sys.exit(0 if isinstance(portrait(raw), bytes) else 1)
"""


@pytest.mark.parametrize(
    ("mode", "kind", "size"),
    [
        ("RGBA", "PNG", (5000, 5000)),
        ("P", "PNG", (5000, 5000)),
        ("LA", "PNG", (5000, 5000)),
        ("RGBA", "PNG", (120, 200_000)),
        ("RGBA", "PNG", (200_000, 120)),
    ],
)
def test_a_small_file_with_many_pixels_takes_two_copies_of_them_and_no_more(
    mode: str, kind: str, size: tuple[int, int]
) -> None:
    raw = sent(Image.new(mode, size), kind)
    assert len(raw) < 120_000
    done = subprocess.run([sys.executable, "-c", _WITHIN, "260"], input=raw, check=False)
    assert done.returncode == 0


def test_a_large_photo_is_put_upright_and_keeps_its_middle() -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    for kind in ("PNG", "WEBP"):
        found = seen(portrait(sent(halves(4400, 2000), kind, exif=exif)))
        assert found.size == (480, 480)
        top, bottom = found.getpixel((240, 10)), found.getpixel((240, 470))
        assert isinstance(top, tuple)
        assert isinstance(bottom, tuple)
        assert top[0] > 200 > bottom[0]


def test_photos_are_made_smaller_one_at_a_time() -> None:
    file = (BytesIO(sent(halves(300, 300))), "a.jpg")
    made: list[bytes | NoPhoto] = []
    with Request(EnvironBuilder(method="POST", data={"photo": file}).get_environ()) as request:
        worker = Thread(target=lambda: made.append(sent_portrait(request)))
        with ONE_AT_A_TIME:
            worker.start()
            worker.join(0.5)
            assert made == []
        worker.join(10)
    assert len(made) == 1
    assert isinstance(made[0], bytes)
