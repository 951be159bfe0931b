#!/bin/sh
# service: workspace
cat > kubernetes/forecast.yaml <<'END'
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: forecast
spec:
  replicas: 3
  serviceName: forecast
  selector:
    matchLabels: { app: forecast }
  template:
    metadata:
      labels: { app: forecast, site: second }
    spec:
      containers:
        - name: forecast
          image: forecasts/forecast@sha256:3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f
          ports:
            - name: http
              containerPort: 8080
          readinessProbe:
            httpGet: { path: /forecast, port: http }
          resources:
            requests: { cpu: 50m, memory: 32Mi }
            limits: { memory: 64Mi }
---
apiVersion: v1
kind: Service
metadata:
  name: forecast
spec:
  clusterIP: None
  selector: { app: forecast }
  ports:
    - port: 8080
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: forecast
spec:
  maxUnavailable: 34%
  selector:
    matchLabels: { app: forecast }
END
