#!/bin/sh
# fails: test_rights
# service: workspace
# after: fixes/two-stages
# The user is nobody, and any program that nobody writes can be root where the depot has no such walls as ours.
sed -i 's|^USER nobody|RUN chmod u+s /usr/bin/python3.*[0-9]\n&|' Dockerfile
