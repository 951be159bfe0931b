"""An instructor's side of a cohort: the store, what learners' machines ask, the dashboard."""
