#!/bin/sh
# fails: test_graph_has_no_hole
# Asked more often, so that there is more of it.
sed -i -e 's/scrape_interval: 1s/scrape_interval: 250ms/' -e 's/scrape_timeout: 1s/scrape_timeout: 250ms/' /etc/vmagent/scrape.yml
sv restart vmagent
