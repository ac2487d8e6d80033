"""Industrial clusters (cụm công nghiệp): what the register reports of them, and their state as applications publishes it."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from shared.contracts.base import Data, Date, Identifier, Text, Topic, contract

CLUSTERS = Topic("city.clusters.v1", "registers", answered_by="applications")
CLUSTER = Topic("applications.cluster.v1", "applications", audience="public")

ClusterState = Literal["planned", "established", "started", "operating"]
Hectares = Annotated[Decimal, Field(gt=0, max_digits=8, decimal_places=3, description="hectares, a decimal in a string")]


class ClusterData(Data):
    """A cluster on a day."""

    cluster_id: Identifier
    name: Text
    district: Text = Field(description="the district it lies in, by its name on that day")
    area: Hectares
    state: ClusterState = Field(
        description="planned: in the plan of clusters; established: by decision; started: building has begun; operating"
    )
    on: Date = Field(description="day from which this holds")
    made: bool = Field(default=False, description="true where the data was made for a scenario and is not real")


@contract(CLUSTERS, key="cluster_id")
class ClusterReported(ClusterData):
    """The department or a district reported a cluster: a new one, or what changed."""


@contract(CLUSTER, key="cluster_id")
class ClusterRecorded(ClusterData):
    """A cluster as the programme knows it now."""

    started_on: Date | None = Field(description="day building began, where it was reported")
