"""What the office knew before today: 24 stations, 80,000 found things and 80,000 claims; always the same ones.

Run as a program, it prints them as SQL.
"""

from datetime import datetime, timedelta
from zlib import crc32

ROWS, PEOPLE = 80_000, 16_000
FIRST, EVERY = datetime(2022, 1, 1), timedelta(minutes=11)
STATIONS = [
    "Asahi", "Bairin", "Chuo", "Dobashi", "Ebisudani", "Fukagawa", "Gamo", "Hinoki", "Iwaya", "Kajiya", "Kuresaka",
    "Maehara", "Minato", "Nagase", "Oiwake", "Otaki", "Rokugo", "Sakuradai", "Shirakabe", "Takagami", "Tsukimi",
    "Uchino", "Wakamiya", "Yanagi",
]  # fmt: skip
KINDS = ["umbrella", "glove", "scarf", "purse", "telephone", "satchel", "hat", "lunch box", "book", "violin case"]
COLOURS = ["black", "white", "red", "navy", "brown", "green", "striped", "grey"]
PLACES = ["on the rack", "under a seat", "between two seats", "on the platform", "in the waiting room", "at the gate"]
MARKS = ["a small bell", "two letters in gold thread", "a sticker of a whale", "a mended corner", "a washed-out name"]


def draws(what, number):
    """Draws numbers below what it is asked for: always the same ones for the same row."""
    left = crc32(f"{what}/{number}".encode())

    def draw(many):
        nonlocal left
        left, drawn = divmod(left, many)
        return drawn

    return draw


def moment(number):
    """When row ``number`` was written: one came every eleven minutes, from the first day of 2022 on."""
    return str(FIRST + number * EVERY)


def tag(number):
    """What stands on the label of a thing; no two are alike."""
    return str(100_000 + number * 7919 % 900_000)


def item(number):
    """A thing that was found: id, tag, station, kind, colour, note, time."""
    draw = draws("item", number)
    station, kind, colour = draw(len(STATIONS)) + 1, KINDS[draw(len(KINDS))], COLOURS[draw(len(COLOURS))]
    note = f"Found {PLACES[draw(len(PLACES))]}; it has {MARKS[draw(len(MARKS))]}. Shelf {draw(60)}."
    return number, tag(number), station, kind, colour, note, moment(number)


def phone_of(person):
    """The telephone of one of 16,000 people."""
    digits = crc32(f"phone/{person}".encode()) % 10**8
    return f"0{person % 3 + 7}0-{digits // 10**4:04}-{digits % 10**4:04}"


def claims():
    """What people have lost: id, station, the station's own number, telephone, wish, time."""
    last = [0] * (len(STATIONS) + 1)
    phones = [phone_of(person) for person in range(PEOPLE)]
    for number in range(1, ROWS + 1):
        draw = draws("claim", number)
        station, phone = draw(len(STATIONS)) + 1, phones[draw(PEOPLE)]
        last[station] += 1
        wish = f"A {COLOURS[draw(len(COLOURS))]} {KINDS[draw(len(KINDS))]}, left {PLACES[draw(len(PLACES))]}."
        yield number, station, last[station], phone, f"{wish} Please phone.", moment(number)


def insert(table, rows):
    """Print statements of a thousand rows each; a tuple of numbers and plain words is SQL as Python writes it."""
    rows = list(rows)
    for begin in range(0, len(rows), 1000):
        print(f"INSERT INTO {table} VALUES", ",\n".join(map(str, rows[begin : begin + 1000])), ";")


def main():
    """Print the statements."""
    insert("stations", ((number, name, 0) for number, name in enumerate(STATIONS, 1)))
    insert("items", map(item, range(1, ROWS + 1)))
    insert("claims", claims())
    print("UPDATE stations SET last_number = (SELECT MAX(number) FROM claims WHERE station = stations.id);")
    print("ANALYZE TABLE stations, items, claims;")


if __name__ == "__main__":
    main()
