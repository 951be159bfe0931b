#!/bin/sh
# Nobody has to be told: the file stays the same one, and is emptied. First the space of the deleted one comes back.
for number in "/proc/$(cat /run/nginx.pid)/fd/"*; do
  case $(readlink "$number") in *deleted*) : > "$number" ;; esac
done
sed -i -e '/postrotate/,/endscript/d' -e 's/create .*/copytruncate/' -e '/sharedscripts/d' /etc/logrotate.d/nginx
nginx -s reopen
