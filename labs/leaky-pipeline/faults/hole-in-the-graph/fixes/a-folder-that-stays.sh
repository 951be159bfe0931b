#!/bin/sh
# shellcheck disable=SC2016 # the script's variable
sed -i -e '/mktemp/d' -e '/^chown/d' -e 's|tmpDataPath="$queue"|tmpDataPath=/var/lib/vmagent|' /etc/service/vmagent/run
install -d -o agent -g agent /var/lib/vmagent
sv restart vmagent
