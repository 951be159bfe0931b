#!/bin/sh
sed -i "s|sess_\*|roof-*|" /etc/often/sessions
