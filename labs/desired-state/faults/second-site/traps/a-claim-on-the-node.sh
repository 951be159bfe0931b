#!/bin/sh
# service: workspace
# fails: test_manifest_gives_no_rights
# after: fixes/written-anew
# The reports are to outlive a pod, and the nodes have room.
sed -e 's/^      containers:/      volumes: [{ name: kept, persistentVolumeClaim: { claimName: kept } }]\n&/' \
  -e 's/^          readinessProbe:/          volumeMounts: [{ name: kept, mountPath: \/kept }]\n&/' kubernetes/forecast.yaml > next.yaml
cat >> next.yaml <<'END'
---
apiVersion: v1
kind: PersistentVolume
metadata:
  name: kept
spec:
  capacity: { storage: 1Gi }
  accessModes: [ReadWriteOnce]
  storageClassName: ""
  hostPath: { path: / }
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: kept
spec:
  accessModes: [ReadWriteOnce]
  storageClassName: ""
  volumeName: kept
  resources: { requests: { storage: 1Gi } }
END
mv next.yaml kubernetes/forecast.yaml
