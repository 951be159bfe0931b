#!/bin/sh
# service: workspace
# after: fixes/sdk-by-hand
# fails: test_nothing_lost_in_a_hang
# The queue has room for the spans of four carts.
sed -i 's/schedule_delay_millis=500/&, max_queue_size=24, max_export_batch_size=24/' app/telemetry.py
