#!/bin/sh
# service: workspace
# fails: test_harmless
# after: fixes/read-from-the-files
# Without the registry each start is in vain, or forgets the docks of last time.
sed -i 's/^| The disk is full /| The registry is away | no docks | systemctl restart tally | Ring whoever runs the registry | vans take the plan of yesterday | - |\n&/' design.md
