#!/bin/sh
# service: front
# Nothing is broken. Since today a board in the harbour office says whether seats is there, and what fills it asks at
# the crew's port, which is closed to neighbours for a good reason.
set -eu
curl -fsS -m 5 -o /dev/null --retry 30 --retry-delay 1 --retry-all-errors http://seats:8000/health
mkdir -p /etc/service/board
cat > /etc/service/board/run.new <<'END_OF_RUN'
#!/bin/sh
# One line for the board in the harbour office, every 15 seconds.
exec >> /var/log/board.log 2>&1
while :; do
  if told=$(curl -sS -m 2 http://seats:9000/free 2>&1); then
    echo "$(date +%T) seats: up, $told free"
  else
    echo "$(date +%T) seats: DOWN, nobody can book: $told"
  fi
  sleep 15
done
END_OF_RUN
chmod 755 /etc/service/board/run.new
mv /etc/service/board/run.new /etc/service/board/run
# runit looks for new services every five seconds.
for _ in $(seq 200); do
  if grep -qs DOWN /var/log/board.log; then exit 0; fi
  sleep 0.1
done
echo "the board says nothing" >&2
exit 1
