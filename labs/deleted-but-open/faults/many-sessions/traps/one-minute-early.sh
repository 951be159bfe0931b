#!/bin/sh
# fails: test_configuration_says_how_long
# after: fixes/cleaner-knows-the-name
sed -i "s|\"+\$minutes\"|\"+\$((minutes - 1))\"|" /etc/often/sessions
