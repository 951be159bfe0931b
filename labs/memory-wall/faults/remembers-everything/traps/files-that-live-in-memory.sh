#!/bin/sh
# service: workspace
# fails: test_plateau
# /dev/shm looks like a folder, and its files are charged to the container like any other memory.
sed -e 's/found = self.remembered\[words\] = /found = /' -e 's/^        return found/        Path("\/dev\/shm", words.replace("\/", " ")[:99]).write_text(json.dumps(found))\
&/' catalogue.py > catalogue.new
mv catalogue.new catalogue.py
