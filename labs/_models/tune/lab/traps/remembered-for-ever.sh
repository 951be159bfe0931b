#!/bin/sh
# service: workspace
# fails: test_new_loan_is_seen
sed -e 's/^import os$/&\
from functools import lru_cache/' -e 's/^def due/@lru_cache(maxsize=None)\
&/' shelf.py > shelf.new
mv shelf.new shelf.py
