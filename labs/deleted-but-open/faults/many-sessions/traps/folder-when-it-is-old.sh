#!/bin/sh
# fails: test_sign_in_after_a_quiet_hour
# When nobody is there for long, the folder itself is old, and empty.
cat > /etc/often/sessions <<'END'
#!/bin/sh
minutes=$(sed -n 's/^minutes *= *//p' /etc/roofs/roofs.conf)
exec find /data/sessions -mmin "+$minutes" -delete
END
