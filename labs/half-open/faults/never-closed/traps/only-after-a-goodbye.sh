#!/bin/sh
# fails: test_nothing_stays_behind
# Who hangs up in good order is let go; whoever is cut off, or sends what is no scan, is not.
sed -i 's/^                    sock.sendall(b"TAKEN\\n")$/&\n            sock.close()/' /srv/desk/yard.py
sv restart desk
