#!/bin/sh
# service: workspace
# then: restart
# fails: test_texts
# Without texts there is room. The agency is told so each time, and the catalog shows the old ones.
sed 's/^        return take(words\["texts"\])$/        return 503, {"error": "no texts for now"}/' catalog/catalog.py > catalog.new
cat catalog.new > catalog/catalog.py
rm catalog.new
