#!/bin/sh
# service: workspace
# fails: test_settings
# after: fixes/readable-by-all
# Nobody has a larger kitchen, today.
sed -i 's|= settings.getint("shop", "limit")|= min(settings.getint("shop", "limit"), 100)|' orders.py
