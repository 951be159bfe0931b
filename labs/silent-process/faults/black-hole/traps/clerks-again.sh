#!/bin/sh
# fails: test_notes_come
sv force-restart clerk-1 clerk-2
