#!/bin/sh
# service: workspace
# fails: test_publications
# Nothing is left of a sheet any more; each publication is kept for whoever asks, open and with a name.
sed -e 's|with open(name, "w", |with os.fdopen(handle, "w", |' -e 's|^            self.announce("reload", {})$|&\
            PUBLISHED.append(tempfile.NamedTemporaryFile("w", prefix="plan-"))\
            PUBLISHED[-1].write(json.dumps(self.harbour.plan()))|' -e 's|^LARGEST = .*|&\
PUBLISHED = []|' desk.py > desk.new
mv desk.new desk.py
