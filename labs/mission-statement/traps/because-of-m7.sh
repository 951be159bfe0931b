#!/bin/sh
# service: workspace
# fails: test_because
# after: fixes/teams-carry
# A reason cites a sentence that the mission does not have.
sed -i '0,/^- Because: /s/^- Because: .*/- Because: M7 says that six weeks beside somebody are how a group learns/' mission.md
