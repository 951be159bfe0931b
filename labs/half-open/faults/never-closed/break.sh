#!/bin/sh
# The handhelds stay on the list of the day.
sed -i -e 's/^        self.handhelds.discard(sock)$/        print(f"yard: a handheld has gone; {len(self.handhelds)} on the list of the day", flush=True)/' \
  -e '/^    def dismiss_handheld/,/^    def meet_board/{/^        sock.close()$/d}' /srv/desk/yard.py
sv restart desk
