#!/bin/sh
# service: workspace
# fails: test_prose
# after: fixes/read-from-the-files
# The purpose is put off.
sed -i '/^## Purpose$/,/^## Facts$/{/^[^#]/d};s/^## Purpose$/&\n\nThis is not written yet, and will be told later on. We will say what it is for as soon as it is known, and you will be told once that is decided.\n/' design.md
