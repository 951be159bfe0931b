#!/bin/sh
# service: workspace
# A list is kept for some seconds, as pages are: whoever asks for it again costs hardly anything.
sed 's/^        return 200, price_list(words.get("category", "paper")\[:20\])$/        category = words.get("category", "paper")[:20]\
        return 200, kept(f"list-{category}", lambda: price_list(category))/' catalog/catalog.py > catalog.new
cat catalog.new > catalog/catalog.py
rm catalog.new
