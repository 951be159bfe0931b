#!/bin/sh
# service: jobs
# Marketing's own monitor asks for the page of a campaign that is long over, and pages about the 404.
set -eu
mkdir -p /srv/marketing
cat > /srv/marketing/monitor.py <<'PYTHON'
"""Marketing's monitor: is the shop there? Asks for the page of our spring campaign every five seconds.

Put up on 3 March for the campaign (until 30 June). Questions: Saki Fujita, marketing, extension 271.
"""

import json
import time
import urllib.error
import urllib.request

PAGE = "http://front-1:8080/spring"
PAGER = "http://pager:9093/api/v2/alerts"
while True:
    try:
        urllib.request.urlopen(PAGE, timeout=3).close()
    except (OSError, urllib.error.HTTPError) as problem:
        labels = {"alertname": "ShopIsDown", "severity": "page", "from": "marketing"}
        said = {"summary": f"{PAGE}: {problem}"}
        data = json.dumps([{"labels": labels, "annotations": said}]).encode()
        try:
            asked = urllib.request.Request(PAGER, data, {"Content-Type": "application/json"})
            urllib.request.urlopen(asked, timeout=3).close()
        except OSError:
            pass
    time.sleep(5)
PYTHON
setsid python3 /srv/marketing/monitor.py > /dev/null 2>&1 < /dev/null &
