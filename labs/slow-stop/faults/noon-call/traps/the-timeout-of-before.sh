#!/bin/sh
# service: workspace
# fails: left-as-it-is
# The last commits are read, and the one that looks most like a cause is taken back.
sed 's|^    timeout = 15$|    timeout = 5|' kitchen.py > kitchen.new
mv kitchen.new kitchen.py
