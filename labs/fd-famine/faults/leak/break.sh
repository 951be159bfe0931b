#!/bin/sh
# service: workspace
# author: Hina Sakai <hina@harbour.example>
# subject: Open the sheet like every other file
# Somebody found the file's name easier to read than its descriptor.
sed 's|with os.fdopen(handle, "w", |with open(name, "w", |' desk.py > desk.new
mv desk.new desk.py
