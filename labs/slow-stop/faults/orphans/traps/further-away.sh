#!/bin/sh
# service: workspace
# fails: test_nothing_piles_up
# A session of its own changes nothing about who inherits it.
cat > slip.sh <<'END'
#!/bin/sh
set -eu
[ "${1:-}" = --print ] || exec setsid --fork "$0" --print "$@"
shift
sleep 0.05
printf 'ticket %s\n%s for %s\n' "$1" "$3" "$2" > "/var/lib/kitchen/slips/$1.new"
mv "/var/lib/kitchen/slips/$1.new" "/var/lib/kitchen/slips/$1.txt"
END
