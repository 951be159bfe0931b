#!/bin/sh
# service: workspace
# after: fixes/sdk-by-hand
# fails: test_nobody_waits_for_telemetry
# Each span is sent when it ends, and the customer waits for it.
sed -i 's/BatchSpanProcessor(OTLPSpanExporter(), schedule_delay_millis=500)/SimpleSpanProcessor(OTLPSpanExporter())/
  s/BatchSpanProcessor/SimpleSpanProcessor/' app/telemetry.py
