#!/bin/sh
# service: workspace
# fails: test_manifest_outlives_a_node
cat > kubernetes/forecast.yaml <<'END'
apiVersion: apps/v1
kind: Deployment
metadata:
  name: forecast
spec:
  replicas: 3
  selector:
    matchLabels: { app: forecast }
  template:
    metadata:
      labels: { app: forecast, site: second }
    spec:
      containers:
        - name: forecast
          image: forecasts/forecast:1.4.2
          ports:
            - name: http
              containerPort: 8080
          readinessProbe:
            httpGet: { path: /health, port: http }
          resources:
            requests: { cpu: 50m, memory: 32Mi }
            limits: { memory: 64Mi }
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: forecast
spec:
  minAvailable: 3
  selector:
    matchLabels: { app: forecast }
END
