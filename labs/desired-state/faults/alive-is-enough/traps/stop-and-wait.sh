#!/bin/sh
# service: workspace
# fails: test_a_bad_release_is_taken_back
# Asks the right question, and then leaves the answer to whoever is awake.
sed -e 's|8080/"|8080/health"|' -e 's/failure_action: rollback/failure_action: pause/' stack.yaml > next.yaml
mv next.yaml stack.yaml
