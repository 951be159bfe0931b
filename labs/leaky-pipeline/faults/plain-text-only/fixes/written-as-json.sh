#!/bin/sh
# The rule stays, and the counter writes whatever a customer wrote as one line of ASCII from which it can be read back.
sed -i -e 's/ to="{to}" text="{text}"/ to="" text="{json.dumps({"to": to, "text": text})}"/' \
    -e 's/^import socket$/import json\nimport socket/' /srv/counter/events.py
sv restart counter
