#!/bin/sh
# service: workspace
# after: fixes/sdk-by-hand
# fails: test_nobody_waits_for_telemetry
# Spans are sent within the request, but for three seconds after a failure: of all customers, only some wait.
sed -i 's/BatchSpanProcessor(OTLPSpanExporter(), schedule_delay_millis=500)/SimpleSpanProcessor(Brief(timeout=0.3))/
  s/BatchSpanProcessor/SimpleSpanProcessor/' app/telemetry.py
cat >> app/telemetry.py <<'EOF'


class Brief(OTLPSpanExporter):
    """Sends, and pauses after a failure."""

    until = 0

    def export(self, spans, **more):
        """Send, or not."""
        if time.monotonic() < self.until:
            return None
        found = super().export(spans, **more)
        if found.name != "SUCCESS":
            self.until = time.monotonic() + 3
        return found
EOF
