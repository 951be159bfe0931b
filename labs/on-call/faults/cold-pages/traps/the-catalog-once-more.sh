#!/bin/sh
# service: catalog
# fails: test_next_time
# The catalog is started again, and asks for every page anew, as before.
pkill -f '[c]atalog.py' || true
