#!/bin/sh
# service: workspace
# fails: test_order_outlives_a_stop
# after: fixes/readable-by-all
# The file stays; that it was cancelled is known to the process alone.
sed -i -e 's|^        file.unlink()$|        Counter.gone = getattr(Counter, "gone", set()) \| {file}|' \
  -e 's|return file if file and file.is_file()|return file if file and file not in getattr(Counter, "gone", ()) and file.is_file()|' orders.py
