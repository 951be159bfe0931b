#!/bin/sh
# service: workspace
# author: Mio Hamada <mio@harbour.example>
# subject: Give the edge its limits in the deployment, too
# Every service gets its limits from the deployment now. The number was copied from a batch job.
printf '  edge:\n    ulimits:\n      nofile: {soft: 64, hard: 4096}\n' >> compose.yaml
