#!/bin/sh
# service: workspace
# The loans as they were read last, for as long as the file is the same.
sed -e 's/^import os$/&\
from functools import lru_cache/' -e 's/^def shelf.*/@lru_cache(maxsize=1)\
def last(changed: int, size: int) -> dict[str, str]:\
    """The last loan of each book."""\
    return dict(line.split(";")[::2] for line in LOANS.read_text().splitlines())\
\
\
&/' -e 's/^    return {book: due(book) for book in BOOKS}/    seen = LOANS.stat()\
    return {book: last(seen.st_mtime_ns, seen.st_size).get(book, "") for book in BOOKS}/' shelf.py > shelf.new
mv shelf.new shelf.py
