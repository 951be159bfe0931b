#!/bin/sh
# service: workspace
# after: fixes/sdk-by-hand
# fails: test_nobody_waits_for_telemetry
# Each span is sent when it ends; the customer waits for it, but for no longer than a third of a second each.
sed -i 's/BatchSpanProcessor(OTLPSpanExporter(), schedule_delay_millis=500)/SimpleSpanProcessor(OTLPSpanExporter(timeout=0.3))/
  s/BatchSpanProcessor/SimpleSpanProcessor/' app/telemetry.py
