#!/bin/sh
# service: workspace
# after: fixes/walk-to-the-end
# fails: test_books_of_the_loss
# The name is one that a customer could have, and the sale is nobody's.
sed -i -e 's/"probe"/"c40711213"/' -e 's/"payment": "test"/"payment": "card"/' probe/journeys.py
