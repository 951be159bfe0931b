#!/bin/sh
# service: workspace
sed 's|^            os.posix_spawn(SLIP, \(\[.*\]\), os.environ)|            subprocess.run(\1, check=True, timeout=5)|' \
  kitchen.py > kitchen.new
mv kitchen.new kitchen.py
