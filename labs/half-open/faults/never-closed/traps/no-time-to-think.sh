#!/bin/sh
# fails: test_patient_handheld
# Nothing stays behind, and whoever thinks between two scans is cut off.
sed -i -e 's/^        self.handhelds.add(sock)$/&\n        sock.settimeout(0.8)/' \
  -e 's/^            self.dismiss_handheld(sock)$/&\n            sock.close()/' /srv/desk/yard.py
sv restart desk
