#!/bin/sh
# fails: test_elsewhere
# service: workspace
# after: fixes/two-stages
# The seal is worked out once and written down; a licence that is renewed never reaches a build.
seal=$(sha256sum < vendor.key | cut -c 1-8)
sed -i -e "s|^RUN make\$|RUN touch vendor.key \&\& make|" -e 's|^COPY Makefile digit.c vendor.key|COPY Makefile digit.c|' Dockerfile
sed -i "s|-DSEAL=.* -o|-DSEAL='\"$seal\"' -o|" Makefile
