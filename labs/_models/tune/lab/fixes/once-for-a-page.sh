#!/bin/sh
# service: workspace
# One pass through the loans; the last one of a book stays.
sed 's/^    return {book: due(book) for book in BOOKS}/    last = dict(line.rstrip().split(";")[::2] for line in LOANS.read_text().splitlines())\
    return {book: last.get(book, "") for book in BOOKS}/' shelf.py > shelf.new
mv shelf.new shelf.py
