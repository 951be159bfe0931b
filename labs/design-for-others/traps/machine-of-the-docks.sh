#!/bin/sh
# service: workspace
# fails: test_places
# after: fixes/read-from-the-files
# A file that says nothing of the machine.
sed -i '/^| Machine /s/chat.txt/docks.json/' design.md
