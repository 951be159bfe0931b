"""A month of a shop's telemetry, made from a number: the same number gives the same month, here and in a grader.

Nothing in here knows PromQL. What users met is counted as it is made up, so that it can be held against what queries
say.
"""
