#!/bin/sh
# service: workspace
# after: fixes/sdk-by-hand
# fails: test_service_logs
# The id is in each line, in the middle of a sentence.
sed -i '/return json.dumps/c\        return "%s (trace %s)" % (line["message"], line["trace_id"])' app/telemetry.py
