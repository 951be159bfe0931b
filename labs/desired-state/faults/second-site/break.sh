#!/bin/sh
# service: workspace
cat > kubernetes/forecast.yaml <<'END'
apiVersion: apps/v1
kind: Deployment
metadata:
  name: forecast
spec:
  replicas: 1
  selector:
    matchLabels: { app: forecast }
  template:
    metadata:
      labels: { app: forecast }
    spec:
      containers:
        - name: forecast
          image: forecasts/forecast:latest
          ports:
            - containerPort: 8080
---
apiVersion: v1
kind: Service
metadata:
  name: forecast
spec:
  selector: { app: forecast }
  ports:
    - port: 80
      targetPort: 8080
END
