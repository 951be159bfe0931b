#!/bin/sh
# service: engine
# fails: test_builds
# after: fixes/brought-along
# The web server is told to read its settings again by the module for systemd, which the host does not have. A check takes
# the repository from its folder, so nothing has to be applied.
sed -i 's/ansible.builtin.command: sv hup nginx/ansible.builtin.systemd_service: { name: nginx, state: reloaded }/' site.yml
