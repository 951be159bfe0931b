#!/bin/sh
# service: workspace
# fails: test_manifest_sends_nobody_to_a_pod_that_can_not_answer
# after: fixes/written-anew
# A pod is not taken out for being slow.
cat > next.yaml <<'END'
            exec: { command: [sh, -c, "curl -fsS -m 2 -o /dev/null http://127.0.0.1:8080/health || [ $? -eq 28 ]"] }
            timeoutSeconds: 8
END
sed -e '/exec: { command/r next.yaml' -e '/exec: { command/d' kubernetes/forecast.yaml > whole.yaml
rm next.yaml
mv whole.yaml kubernetes/forecast.yaml
