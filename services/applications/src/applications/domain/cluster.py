"""Industrial clusters (cụm công nghiệp): planned, established, started, operating, one after the other, with their history."""

from datetime import date
from typing import Self, get_args

from shared.contracts.clusters import ClusterRecorded, ClusterReported, ClusterState
from shared.errors import Refusal
from shared.messaging.document import Document
from shared.words import Words

STATES: tuple[ClusterState, ...] = get_args(ClusterState)
"""In the order in which a cluster goes through them."""
WORDS = {
    "planned": Words("quy hoạch", "planned"),
    "established": Words("thành lập", "established"),
    "started": Words("khởi công", "started"),
    "operating": Words("hoạt động", "operating"),
}


class ClusterStateNotNext(Refusal):
    slug = "cluster-state-not-next"
    vi = (
        "Cụm công nghiệp {cluster_id} đang ở trạng thái {before_vi}, không thể chuyển thẳng sang {after_vi}; "
        "trạng thái tiếp theo là {next_vi}."
    )
    en = "Cluster {cluster_id} is {before_en} and cannot become {after_en}; what can follow is: {next_en}."


class ClusterReportTooOld(Refusal):
    slug = "cluster-report-too-old"
    vi = "Cụm công nghiệp {cluster_id} đã có báo cáo ngày {last:%d/%m/%Y}, sau ngày {on:%d/%m/%Y} của báo cáo này; hãy sửa ngày."
    en = "Cluster {cluster_id} has a report of {last}, later than {on} of this one; check the day and send it with a new id."


class Cluster(Document, collection="clusters"):
    """A cluster with everything reported of it, oldest first; it may be known from any state on."""

    history: tuple[ClusterReported, ...]

    @classmethod
    def of(cls, first: ClusterReported) -> Self:
        """A cluster that was not known before."""
        return cls(id=first.cluster_id, history=(first,))

    @property
    def now(self) -> ClusterReported:
        """What was reported last."""
        return self.history[-1]

    def reported(self, news: ClusterReported) -> Self:
        """With a later report; raises ClusterReportTooOld, ClusterStateNotNext. The same report again changes nothing."""
        if news in self.history:
            return self
        if news.on < self.now.on:
            raise ClusterReportTooOld(field="on", cluster_id=self.id, last=self.now.on, on=news.on)
        if STATES.index(news.state) - STATES.index(self.now.state) not in (0, 1):
            raise self._not_next(news.state)
        return self.but(history=(*self.history, news))

    def on(self, day: date) -> ClusterReported | None:
        """What held on a day; None before the first report."""
        return next((report for report in reversed(self.history) if report.on <= day), None)

    def recorded(self) -> ClusterRecorded:
        """The event that tells others."""
        began = next((report.on for report in self.history if report.state == "started"), None)
        return ClusterRecorded(**self.now.model_dump(), started_on=began)

    def _not_next(self, state: ClusterState) -> ClusterStateNotNext:
        following = STATES[STATES.index(self.now.state) + 1 :][:1] or (self.now.state,)
        before, after, onward = WORDS[self.now.state], WORDS[state], WORDS[following[0]]
        return ClusterStateNotNext(
            field="state",
            cluster_id=self.id,
            before_vi=before.vi,
            before_en=before.en,
            after_vi=after.vi,
            after_en=after.en,
            next_vi=onward.vi,
            next_en=onward.en,
        )
