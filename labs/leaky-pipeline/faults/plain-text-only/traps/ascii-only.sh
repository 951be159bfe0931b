#!/bin/sh
# fails: test_every_language
# Everything arrives, and nobody can read it.
sed -i "s/^    def record(self, number, to, text):/&\n        text = ' '.join(text.encode('ascii', 'replace').decode().split())/" /srv/counter/events.py
sv restart counter
