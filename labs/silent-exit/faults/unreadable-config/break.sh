#!/bin/sh
# service: workspace
# author: Takeshi Nagai <takeshi@wappa.example>
# subject: Follow up on the security review
# Since the review no file is to be open to everybody.
sed 's|^COPY --chmod=644 orders.conf|COPY --chmod=600 orders.conf|' Dockerfile > Dockerfile.new
mv Dockerfile.new Dockerfile
