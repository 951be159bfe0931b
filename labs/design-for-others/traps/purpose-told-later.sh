#!/bin/sh
# service: workspace
# fails: test_prose
# after: fixes/read-from-the-files
# The purpose is put off.
sed -i '/^## Purpose$/,/^## Facts$/{/^[^#]/d};s/^## Purpose$/&\n\nThis is not filled in yet. We will tell you later on, when more about it has been agreed and written; please look below, as that still is to be said.\n/' design.md
