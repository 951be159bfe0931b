#!/bin/sh
# service: workspace
# after: fixes/sdk-by-hand
# fails: test_failed_midway
# A step that raises leaves its span open for ever, so that it is never sent.
sed -i -f /dev/stdin app/telemetry.py <<'END'
/^    with tracer.start_as_current_span(kind/,/^        yield/c\
    span = tracer.start_span(kind, kind=SpanKind.CLIENT, attributes=about)\
    token = context.attach(trace.set_span_in_context(span))\
    if "headers" in facts:\
        propagate.inject(facts["headers"])\
    yield\
    context.detach(token)\
    span.end()
END
