"""What is counted on the pages: one word in Vietnamese, two in English, so that nothing is "1 tasks"."""

from typing import NamedTuple


class Counted(NamedTuple):
    """A thing as it stands after its number."""

    vi: str
    one: str
    many: str

    def in_language(self, language: str, number: object) -> str:
        """The word after this number."""
        if language != "en":
            return self.vi
        return self.one if number == 1 else self.many


COUNTED = {
    "enterprises": Counted("doanh nghiệp", "enterprise", "enterprises"),
    "products": Counted("sản phẩm", "product", "products"),
    "clusters": Counted("cụm", "cluster", "clusters"),
    "hectares": Counted("ha", "hectare", "hectares"),
    "learners": Counted("học viên", "learner", "learners"),
    "establishments": Counted("cơ sở", "establishment", "establishments"),
    "participations": Counted("lượt", "participation", "participations"),
    "certificates": Counted("giấy chứng nhận", "certificate", "certificates"),
    "products_of": Counted("sản phẩm của", "product of", "products of"),
    "requests": Counted("đề nghị", "request", "requests"),
    "tasks": Counted("nhiệm vụ", "task", "tasks"),
    "tasks_late": Counted("cần đôn đốc", "needs attention", "need attention"),
    "places": Counted("chỗ", "place", "places"),
    "participants": Counted("doanh nghiệp tham gia", "enterprise took part", "enterprises took part"),
    "people": Counted("người học", "learner", "learners"),
    "clusters_started": Counted("cụm đã khởi công", "cluster with building begun", "clusters with building begun"),
    "demands_stood": Counted("nhu cầu còn hiệu lực trong năm", "demand stood in the year", "demands stood in the year"),
}
