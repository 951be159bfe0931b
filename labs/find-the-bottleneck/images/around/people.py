"""Whom the office knows, and what lies on its shelves: the same as in its database."""

from zlib import crc32

ROWS, PEOPLE = 80_000, 16_000


def tag(number):
    """What stands on the label of a thing."""
    return str(100_000 + number * 7919 % 900_000)


def phone_of(person):
    """The telephone of one of 16,000 people."""
    digits = crc32(f"phone/{person}".encode()) % 10**8
    return f"0{person % 3 + 7}0-{digits // 10**4:04}-{digits % 10**4:04}"
