#!/bin/sh
# service: workspace
cat > kubernetes/forecast.yaml <<'END'
apiVersion: apps/v1
kind: Deployment
metadata:
  name: forecast
spec:
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
            exec: { command: ["curl", "-fsS", "-o", "/dev/null", "http://127.0.0.1:8080/health"] }
          livenessProbe:
            httpGet: { path: /, port: http }
          resources:
            requests: { cpu: 50m, memory: 32Mi }
            limits: { memory: 64Mi }
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: forecast
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: forecast }
  minReplicas: 2
  maxReplicas: 6
  metrics:
    - type: Resource
      resource: { name: cpu, target: { type: Utilization, averageUtilization: 70 } }
---
apiVersion: v1
kind: Service
metadata:
  name: forecast
spec:
  selector: { app: forecast }
  ports:
    - port: 80
      targetPort: http
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: forecast
spec:
  minAvailable: 1
  selector:
    matchExpressions:
      - { key: app, operator: In, values: [forecast] }
END
