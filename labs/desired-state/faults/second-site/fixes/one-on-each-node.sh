#!/bin/sh
# service: workspace
# No budget is needed where no two pods are on one node; what the program is told and asked comes out of the cluster.
cat > kubernetes/forecast.yaml <<'END'
apiVersion: v1
kind: List
items:
  - apiVersion: v1
    kind: Namespace
    metadata: { name: huts }
  - apiVersion: v1
    kind: ConfigMap
    metadata: { name: ask, namespace: huts }
    data:
      ready.sh: |
        #!/bin/sh
        exec curl -fsS -o /dev/null "${PAGE:?}"
  - apiVersion: v1
    kind: Secret
    metadata: { name: forecast, namespace: huts }
    data: { station: a2l0YQ== }
  - apiVersion: v1
    kind: ConfigMap
    metadata: { name: forecast, namespace: huts }
    data: { MOUNTAIN: Ena }
  - apiVersion: v1
    kind: LimitRange
    metadata: { name: usual, namespace: huts }
    spec:
      limits:
        - type: Container
          defaultRequest: { cpu: 50m }
  - apiVersion: v1
    kind: ResourceQuota
    metadata: { name: all, namespace: huts }
    spec:
      hard: { pods: "6", requests.cpu: "1" }
  - apiVersion: apps/v1
    kind: Deployment
    metadata: { name: forecast, namespace: huts }
    spec:
      replicas: 3
      selector:
        matchExpressions:
          - { key: app.kubernetes.io/name, operator: In, values: [forecast, forecasts] }
      strategy:
        rollingUpdate: { maxSurge: 0, maxUnavailable: 1 }
      template:
        metadata:
          labels: { app.kubernetes.io/name: forecast }
        spec:
          affinity:
            podAntiAffinity:
              requiredDuringSchedulingIgnoredDuringExecution:
                - topologyKey: kubernetes.io/hostname
                  labelSelector:
                    matchExpressions:
                      - { key: app.kubernetes.io/name, operator: Exists }
          securityContext: { runAsNonRoot: true, runAsUser: 65534 }
          initContainers:
            - name: told
              image: registry.huts.example:5000/forecasts/forecast:2026-11-01
              command: ["sh", "-c", "until getent hosts forecast.huts.svc; do sleep 0.5; done; test -d /ask && date > /notes/begun"]
              volumeMounts:
                - { name: ask, mountPath: /ask }
                - { name: notes, mountPath: /notes }
            - name: notes
              image: registry.huts.example:5000/forecasts/forecast:2026-11-01
              restartPolicy: Always
              command: ["sleep", "infinity"]
          containers:
            - name: forecast
              image: registry.huts.example:5000/forecasts/forecast:2026-11-01
              envFrom:
                - configMapRef: { name: forecast }
              env:
                - name: STATION
                  valueFrom: { secretKeyRef: { name: forecast, key: station } }
                - name: ADDRESS
                  valueFrom: { fieldRef: { fieldPath: status.podIP } }
                - name: PAGE
                  value: http://$(ADDRESS):8080/forecast
              ports:
                - { name: web, containerPort: 8080 }
              startupProbe:
                tcpSocket: { port: web }
                periodSeconds: 1
              readinessProbe:
                exec: { command: ["/ask/ready.sh"] }
                periodSeconds: 5
              lifecycle:
                preStop: { sleep: { seconds: 3 } }
              resources:
                limits: { memory: 64M }
              volumeMounts:
                - { name: ask, mountPath: /ask }
          volumes:
            - name: ask
              projected:
                defaultMode: 0555
                sources: [{ configMap: { name: ask } }]
            - name: notes
              emptyDir: {}
  - apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata: { name: asked, namespace: huts }
    spec:
      podSelector: {}
      ingress:
        - from: [{ ipBlock: { cidr: 0.0.0.0/0 } }, { namespaceSelector: {} }]
          ports: [{ port: web }]
  - apiVersion: v1
    kind: Service
    metadata: { name: forecast, namespace: huts }
    spec:
      type: NodePort
      selector: { app.kubernetes.io/name: forecast }
      ports:
        - { name: http, port: 80, targetPort: web }
END
