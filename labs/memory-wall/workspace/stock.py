"""Lists the library's books, one a line: number, title, author, shelf. Run once, when the image is built."""

import random
import sys

SUBJECTS = ("bridges", "history", "insects", "poetry")
FORMS = ("Letters on", "A Short Course in", "Forgotten", "The Craft of", "Travels among", "Notes from a Life with")
PLACES = ("Aomori", "Ehime", "Gifu", "Iwate", "Kochi", "Nara", "Niigata", "Oita", "Shimane", "Toyama")
FAMILIES = ("Abe", "Endo", "Hayashi", "Ito", "Kato", "Mori", "Ogawa", "Sasaki", "Tanaka", "Yamada")
GIVEN = ("Akira", "Chiyo", "Emi", "Haruo", "Jun", "Kaoru", "Masako", "Naoki", "Reiko", "Shiro")


def books(count):
    """The same books each time."""
    draw = random.Random(1913)
    for number in range(1, count + 1):
        subject = SUBJECTS[number % len(SUBJECTS)]
        title = f"{draw.choice(FORMS)} {subject} in {draw.choice(PLACES)}, volume {number}"
        author = f"{draw.choice(FAMILIES)} {draw.choice(GIVEN)}"
        yield number, title, author, f"{subject[:2].upper()}-{draw.randint(1, 90)}"


for book in books(int(sys.argv[1])):
    print(*book, sep="\t")
