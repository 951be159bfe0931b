#!/bin/sh
# service: workspace
# after: fixes/sdk-by-hand
# fails: test_after_a_long_hang
# After its first failure the exporter sends nothing any more.
sed -i 's/OTLPSpanExporter(), schedule/GiveUp(timeout=3), schedule/' app/telemetry.py
cat >> app/telemetry.py <<'EOF'


class GiveUp(OTLPSpanExporter):
    """Sends until it fails."""

    failed = False

    def export(self, spans, **more):
        """Send, or not."""
        if self.failed:
            return None
        found = super().export(spans, **more)
        self.failed = found.name != "SUCCESS"
        return found
EOF
