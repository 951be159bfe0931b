#!/bin/sh
# service: workspace
# fails: test_loss
# What arrives are tickets, so a ticket wakes somebody; in a loss there are no errors.
sed 's/severity: ticket/severity: page/' prometheus/rules.yml > prometheus/rules.new
mv prometheus/rules.new prometheus/rules.yml
