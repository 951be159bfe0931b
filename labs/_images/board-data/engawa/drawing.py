"""Draws the pictures: a sky, hills, a house with a veranda, a tree, and the grain of a cheap camera over it."""

import io
from functools import cache
from random import Random

from PIL import Image, ImageDraw

from engawa.plan import Profile, chance
from engawa.posts import Picture

SKIES = [
    ((250, 214, 165), (110, 140, 190)), ((255, 240, 214), (140, 190, 220)), ((40, 46, 92), (240, 140, 110)),
    ((196, 214, 220), (90, 120, 140)), ((20, 24, 48), (70, 80, 140)), ((255, 224, 228), (170, 150, 200)),
]  # fmt: skip
GROUNDS = [(88, 112, 72), (122, 104, 70), (70, 98, 96), (150, 132, 90), (92, 80, 100), (196, 190, 176)]
WALLS = [(226, 214, 190), (120, 84, 60), (170, 160, 150), (92, 72, 60), (204, 176, 140)]
ACCENTS = [(206, 62, 50), (236, 138, 40), (246, 206, 84), (54, 84, 140), (232, 150, 170), (110, 160, 90)]
TILE = 1024
"""The grain is cut from a square of so many pixels."""
FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/gif": "GIF"}
COLOURS = {"image/png": 24, "image/gif": 20}
GRAIN = {"image/jpeg": (0.11, 0.22), "image/png": (0.08, 0.17), "image/gif": (0.08, 0.18)}
"""Calibrated so that a picture of any type has about the same size on average."""


def draw(profile: Profile, picture: Picture) -> bytes:
    """The file of a picture: always the same with one version of Pillow, and like no other."""
    source = chance(profile, "drawing", picture.id)
    image = _sky(source, profile.width, profile.height)
    pen = ImageDraw.Draw(image)
    _light(source, pen, image.size)
    _hills(source, pen, image.size)
    for part in source.sample([_house, _tree, _tree, _fence, _lanterns], k=3):
        part(source, pen, image.size)
    low, high = GRAIN[picture.mime]
    return _file(_grained(source, image, source.uniform(low, high) * profile.grain), picture.mime)


def _sky(source: Random, width: int, height: int) -> Image.Image:
    above, below = source.choice(SKIES)
    slope = Image.linear_gradient("L").rotate(source.choice([0, 180])).resize((width, height))
    return Image.composite(_solid(above, width, height), _solid(_near(source, below), width, height), slope)


def _solid(colour: tuple[int, ...], width: int, height: int) -> Image.Image:
    return Image.new("RGB", (width, height), colour)


def _near(source: Random, colour: tuple[int, int, int]) -> tuple[int, ...]:
    return tuple(max(0, min(255, part + source.randrange(-24, 25))) for part in colour)


def _light(source: Random, pen: ImageDraw.ImageDraw, size: tuple[int, int]) -> None:
    x, y = source.randrange(size[0]), source.randrange(size[1] // 2)
    radius = source.randrange(size[1] // 16, size[1] // 6)
    pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=_near(source, (250, 236, 200)))


def _hills(source: Random, pen: ImageDraw.ImageDraw, size: tuple[int, int]) -> None:
    """Three ridges, the nearer the lower."""
    width, height = size
    for ridge in range(3):
        top = height * (45 + 15 * ridge) // 100
        spread = height // 10
        line = [(width * step // 8, top + source.randrange(-spread, spread)) for step in range(9)]
        pen.polygon([(0, height), *line, (width, height)], fill=_near(source, source.choice(GROUNDS)))


def _house(source: Random, pen: ImageDraw.ImageDraw, size: tuple[int, int]) -> None:
    width, height = size
    left, floor = source.randrange(width * 6 // 10), source.randrange(height * 7 // 10, height * 9 // 10)
    wide, tall = source.randrange(width // 4, width // 2), source.randrange(height // 6, height // 3)
    eaves = floor - tall
    roof = [(left - wide // 8, eaves), (left + wide // 2, eaves - tall * 3 // 5), (left + wide * 9 // 8, eaves)]
    pen.rectangle((left, eaves, left + wide, floor), fill=_near(source, source.choice(WALLS)))
    pen.polygon(roof, fill=_near(source, source.choice(ACCENTS)))
    for post in range(5):
        x = left + wide * post // 4
        pen.line((x, eaves, x, floor), fill=(60, 44, 34), width=3)
    pen.rectangle((left - wide // 12, floor, left + wide * 13 // 12, floor + height // 40), fill=(112, 80, 52))


def _tree(source: Random, pen: ImageDraw.ImageDraw, size: tuple[int, int]) -> None:
    width, height = size
    x, foot = source.randrange(width), source.randrange(height * 6 // 10, height)
    tall = source.randrange(height // 5, height // 2)
    pen.line((x, foot, x, foot - tall), fill=(74, 54, 40), width=max(3, width // 80))
    leaf = _near(source, source.choice(ACCENTS))
    for _ in range(source.randrange(6, 14)):
        at, up = x + source.randrange(-tall // 3, tall // 3), foot - tall + source.randrange(-tall // 4, tall // 4)
        size_of = source.randrange(tall // 10, tall // 4)
        pen.ellipse((at - size_of, up - size_of, at + size_of, up + size_of), fill=leaf)


def _fence(source: Random, pen: ImageDraw.ImageDraw, size: tuple[int, int]) -> None:
    width, height = size
    top = source.randrange(height * 7 // 10, height * 9 // 10)
    colour = _near(source, (150, 140, 90))
    for x in range(source.randrange(12), width, source.randrange(12, 30)):
        pen.rectangle((x, top, x + 5, height), fill=colour)
    pen.line((0, top + height // 20, width, top + height // 20), fill=(80, 66, 46), width=3)


def _lanterns(source: Random, pen: ImageDraw.ImageDraw, size: tuple[int, int]) -> None:
    width, height = size
    y, radius = source.randrange(height // 8, height // 3), source.randrange(height // 30, height // 12)
    pen.line((0, y - radius, width, y - radius), fill=(50, 50, 50), width=2)
    for x in range(source.randrange(radius, 4 * radius), width, source.randrange(3 * radius, 6 * radius)):
        pen.ellipse((x - radius, y - radius, x + radius, y + radius * 3 // 2), fill=source.choice(ACCENTS))


@cache
def _noise() -> Image.Image:
    """A square of noise, made once: noise of its own for each picture would take longer than all the rest."""
    source = Random("grain")  # noqa: S311 - to be repeatable is the point
    return Image.frombytes("L", (TILE, TILE), source.randbytes(TILE * TILE))


def _grained(source: Random, image: Image.Image, strength: float) -> Image.Image:
    width, height = image.size
    x, y = source.randrange(TILE - width), source.randrange(TILE - height)
    grain = _noise().crop((x, y, x + width, y + height)).convert("RGB")
    return Image.blend(image, grain, strength)


def _file(image: Image.Image, mime: str) -> bytes:
    out = io.BytesIO()
    if mime in COLOURS:
        image = image.quantize(COLOURS[mime])
    image.save(out, FORMATS[mime], quality=85)
    return out.getvalue()
