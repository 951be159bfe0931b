#!/bin/sh
# fails: test_rush_leaves_nothing_behind
# after: fixes/cleaner-knows-the-name
# A job that leaves a process behind each time; one day no further one can be started.
cat > /etc/often/watch <<'END'
#!/bin/sh
sleep 3600 > /dev/null 2>&1 &
END
chmod 755 /etc/often/watch
