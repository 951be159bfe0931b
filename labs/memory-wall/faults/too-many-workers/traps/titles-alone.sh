#!/bin/sh
# service: workspace
# fails: test_crowd
# after: fixes/workers-that-fit
# A worker is smaller without authors and shelves, and its readers no longer find the books.
sed 's/, "author": author, "shelf": shelf}/}/' catalogue.py > catalogue.new
mv catalogue.new catalogue.py
