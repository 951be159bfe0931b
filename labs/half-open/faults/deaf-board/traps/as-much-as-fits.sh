#!/bin/sh
# fails: test_boards
# Nobody waits, and what does not fit into the buffer is left out in the middle of a picture.
sed -i 's/^            board.sendall(picture)$/            board.setblocking(False)\n            board.send(picture)\n        except BlockingIOError:\n            pass/' /srv/desk/yard.py
sv restart desk
