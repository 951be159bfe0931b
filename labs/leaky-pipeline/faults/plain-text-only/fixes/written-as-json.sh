#!/bin/sh
# The rule stays, and the counter writes every text as one line of ASCII from which it can be read back.
sed -i -e "s/ text=\"{text}\"'/ text={json.dumps(text)}'/" -e 's/^import socket$/import json\nimport socket/' /srv/counter/events.py
sv restart counter
