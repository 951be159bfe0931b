#!/bin/sh
# service: workspace
# fails: test_form
# after: fixes/read-from-the-files
# The heading names the service of the example.
sed -i '1s/.*/# meter, for those who run it/' design.md
