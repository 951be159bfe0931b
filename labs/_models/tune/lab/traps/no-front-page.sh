#!/bin/sh
# service: workspace
# fails: test_front_page
sed 's/f"Reading room .*"/"See \/shelf"/' shelf.py > shelf.new
mv shelf.new shelf.py
