"""The rules, by topic; a new module or function here is a new rule, with no list to edit."""
