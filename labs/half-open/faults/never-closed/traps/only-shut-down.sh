#!/bin/sh
# fails: test_visits
# The state is gone from the table; the descriptor is not.
sed -i 's/^            self.dismiss_handheld(sock)$/            sock.shutdown(socket.SHUT_RDWR)\n&/' /srv/desk/yard.py
sv restart desk
