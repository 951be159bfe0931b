#!/bin/sh
ln -s /etc/sv/tally /etc/service/tally
