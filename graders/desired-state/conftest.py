"""The second site, as the folder ``kubernetes`` of the workspace describes it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from cluster import FOLDER, Cluster, Workload
from pod_trial import Trials, trials

from kikori.grading import Scene, reasons

reason = reasons(__file__)

MOST = 4


@pytest.fixture(scope="module")
def cluster(scene: Scene) -> Cluster:
    """Its objects."""
    return Cluster(scene)


@pytest.fixture
def workloads(cluster: Cluster) -> list[Workload]:
    """What runs the service there."""
    assert cluster.workloads, reason("workloads", folder=FOLDER)
    assert len(cluster.workloads) <= MOST, reason("workloads-2", count=len(cluster.workloads), most=MOST)
    return cluster.workloads


@pytest.fixture(scope="module")
def pods(scene: Scene) -> Iterator[Trials]:
    """Pods as the manifests start them, to be asked."""
    with trials(scene) as found:
        yield found
