#!/bin/sh
# service: workspace
# after: fixes/walk-to-the-end
# fails: test_books
# The probe buys as everybody does, and accounting sees a customer who buys the same thing all night.
sed -i 's/"payment": "test"/"payment": "card"/' probe/journeys.py
