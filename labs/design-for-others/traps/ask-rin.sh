#!/bin/sh
# service: workspace
# fails: test_without_its_author
# after: fixes/read-from-the-files
# In case of doubt there is Rin.
sed -i '/^| Two of them run /s/End the one[^|]*/Ask Rin, who knows at a glance what it is /' design.md
