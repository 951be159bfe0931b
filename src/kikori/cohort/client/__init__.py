"""A learner's side of a cohort: joining, checking in, asking for help, handing in."""
