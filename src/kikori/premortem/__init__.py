"""A pre-mortem in pairs: a setter records a fault of a lab, a solver on another computer meets it (docs/adr/0031)."""
