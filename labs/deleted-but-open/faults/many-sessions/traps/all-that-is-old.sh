#!/bin/sh
# fails: test_old_photos_stay
# Photos grow old, too.
cat > /etc/often/sessions <<'END'
#!/bin/sh
minutes=$(sed -n 's/^minutes *= *//p' /etc/roofs/roofs.conf)
exec find /data -type f -mmin "+$minutes" -delete
END
