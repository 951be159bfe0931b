#!/bin/sh
# service: workspace
# after: fixes/sdk-by-hand
# fails: test_statements
# A transaction has one span, in which all of its statements stand.
sed -i 's/^    with tracer.start_as_current_span(kind/    if kind == "database":\n        yield\n        return\n&/' app/telemetry.py
cat >> app/telemetry.py <<'END'


from shop.database import Database  # noqa: E402


def transaction(self, *statements):
    """All statements of a transaction in one span."""
    text = "; ".join(statement for statement, _ in statements)
    with tracer.start_as_current_span("transaction", kind=SpanKind.CLIENT, attributes={"db.query.text": text}):
        return plain(self, *statements)


plain, Database.transaction = Database.transaction, transaction
END
