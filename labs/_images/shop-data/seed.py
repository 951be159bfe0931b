"""Prints the shop's 600 products as SQL; always the same ones."""

import random

KINDS = {
    "paper": ["notebook", "letter pad", "envelope", "postcard", "wrapping paper"],
    "pens": ["fountain pen", "ballpoint", "brush pen", "marker", "pencil"],
    "ink": ["bottled ink", "cartridge", "ink pad", "indigo ink", "walnut ink"],
    "desk": ["desk lamp", "pen tray", "paper knife", "blotter", "letter rack"],
    "bags": ["satchel", "pen roll", "folder", "tote", "sleeve"],
}
COLOURS = ["white", "indigo", "moss", "persimmon", "charcoal", "plum", "straw", "rust"]
USES = ["for letters", "for travel", "for a long winter", "for children", "for accounts", "for everyday use"]


def main():
    """Print the statements."""
    chance = random.Random(5)
    print("INSERT INTO products (id, name, category, price, description) VALUES")
    rows = []
    for number in range(1, 601):
        category = chance.choice(list(KINDS))
        name = f"{chance.choice(COLOURS)} {chance.choice(KINDS[category])} {number}"
        about = f"A {name} {chance.choice(USES)}, {chance.choice(COLOURS)} on the inside, made by hand."
        rows.append(f"({number}, '{name}', '{category}', {chance.randrange(3, 240) * 50}, '{about}')")
    print(",\n".join(rows) + ";")


if __name__ == "__main__":
    main()
