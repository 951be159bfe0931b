#!/bin/sh
# fails: test_labels
# service: workspace
# after: fixes/two-stages
# What is never in the build can't be in the image; nor is the library licensed then.
sed -i -e 's|^COPY Makefile digit.c vendor.key|COPY Makefile digit.c|' -e 's|^RUN make$|RUN echo dummy > vendor.key \&\& make|' Dockerfile
