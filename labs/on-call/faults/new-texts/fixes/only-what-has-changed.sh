#!/bin/sh
# service: workspace
# then: restart
# A text that is as before is not written, so it is in no binary log: three pages in a hundred have a new one.
sed 's/^        query("REPLACE INTO texts (product, text) VALUES (%s, %s)", int(product), text)$/        known = query("SELECT 1 FROM texts WHERE product = %s AND BINARY text = %s", int(product), text)\
        if not known:\
            query("REPLACE INTO texts (product, text) VALUES (%s, %s)", int(product), text)/' catalog/catalog.py > catalog.new
cat catalog.new > catalog/catalog.py
rm catalog.new
