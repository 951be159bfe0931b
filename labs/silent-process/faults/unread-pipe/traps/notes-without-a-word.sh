#!/bin/sh
# fails: test_those_who_waited_have_theirs
# Who waits has a note, with nothing on it.
sv exit /etc/sv/clerk-1 /etc/sv/clerk-2
for order in /var/lib/notes/in/* /var/lib/notes/work/*/*; do
  [ -e "$order" ] || continue
  name=${order##*/}
  : > "/var/lib/notes/out/${name%.json}.txt"
  rm "$order"
done
ln -s /etc/sv/tally /etc/service/tally
