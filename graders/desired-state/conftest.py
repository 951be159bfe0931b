"""The second site, as the folder ``kubernetes`` of the workspace describes it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from cluster import FOLDER, Cluster, Workload
from pod_trial import Trials, trials

from kikori.grading import Scene, say

MOST = 4


@pytest.fixture(scope="module")
def cluster(scene: Scene) -> Cluster:
    """Its objects."""
    return Cluster(scene)


@pytest.fixture
def workloads(cluster: Cluster) -> list[Workload]:
    """What runs the service there."""
    assert cluster.workloads, say(
        f"expected a Deployment or a StatefulSet in {FOLDER}/ that runs the image forecasts/forecast, saw none",
        f"イメージ forecasts/forecast を動かす Deployment か StatefulSet が {FOLDER}/ にあるはずですが、ありません",
    )
    assert len(cluster.workloads) <= MOST, say(
        f"{len(cluster.workloads)} objects run the service; {MOST} are as many as the checks look at",
        f"サービスを動かすオブジェクトが {len(cluster.workloads)} 個あります。チェックが見るのは {MOST} 個までです",
    )
    return cluster.workloads


@pytest.fixture(scope="module")
def pods(scene: Scene) -> Iterator[Trials]:
    """Pods as the manifests start them, to be asked."""
    with trials(scene) as found:
        yield found
