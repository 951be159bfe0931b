#!/bin/sh
# fails: test_single_question
# The late acknowledgement is the gate's, not the desk's.
sed -i 's/^        self.replies = .*/        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)\n&/' /srv/desk/depot.py
sv restart desk
