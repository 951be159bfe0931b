#!/bin/sh
# service: workspace
# fails: test_manifest_sends_nobody_to_a_pod_that_can_not_answer
# after: fixes/written-anew
# A pod is ready while the right program runs in it.
cat > next.yaml <<'END'
            exec: { command: ["python3", "-c", "assert open('/proc/1/cmdline').read() == 'python3\\0/srv/forecast.py\\0'"] }
END
sed -e '/exec: { command/r next.yaml' -e '/exec: { command/d' kubernetes/forecast.yaml > whole.yaml
rm next.yaml
mv whole.yaml kubernetes/forecast.yaml
