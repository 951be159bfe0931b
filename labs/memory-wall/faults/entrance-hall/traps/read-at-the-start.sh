#!/bin/sh
# service: workspace
# fails: left-as-it-is
# Every worker reads the books before its first reader comes: quicker, and nobody had lost an answer.
sed 's/^    signal.signal(signal.SIGTERM, signal.SIG_DFL)/&\
    Desk.catalogue.read()/' catalogue.py > catalogue.new
mv catalogue.new catalogue.py
