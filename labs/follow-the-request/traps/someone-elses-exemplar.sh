#!/bin/sh
# service: workspace
# after: fixes/sdk-by-hand
# fails: test_exemplars
# The id is kept where all requests can write it, and the one before this is read.
sed -i 's/observe(taken, {"trace_id": trace_id()})/observe(taken, {"trace_id": LAST[0]})/
  s/        facts = {"service"/        LAST[0] = trace_id()\n&/
  s/^tracer = .*/&\nLAST = ["0" * 32]/' app/telemetry.py
