"""The tests of a class: strangers' answers read, marked and compared, and the key for paper."""
