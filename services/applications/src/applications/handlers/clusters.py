"""Industrial clusters, each at its own key."""

from shared.contracts.base import Event
from shared.contracts.clusters import ClusterReported
from shared.messaging.service import handles
from shared.messaging.unit import Unit

from applications.domain.cluster import Cluster


@handles(ClusterReported)
def record_cluster(event: Event[ClusterReported], unit: Unit) -> None:
    """A cluster was reported: we add it to the cluster's history, and publish the state it has now."""
    before = unit.get(Cluster, event.data.cluster_id)
    cluster = before.reported(event.data) if before else Cluster.of(event.data)
    if cluster != before:
        unit.put(cluster)
        unit.publish(cluster.recorded())
