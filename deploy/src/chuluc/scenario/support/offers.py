"""What the made plan of 2022 offers: fairs, missions, classes, meetings; who joined what is in kind, and who learned."""

from datetime import date

from chuluc.scenario.support import days as d
from chuluc.scenario.support.rows import Offer

LEARNERS = 100
CRAFT_CLASSES = tuple(f"lop-{n:02d}" for n in range(1, 14))
"""Thirteen classes of a hundred: the 1,300 learners of the plan of 2019."""

FAIRS = (
    Offer("hc-tokyo", "fair-abroad", "Hội chợ tại Tokyo", date(2022, 5, 2), date(2022, 5, 5), places=2),
    Offer("hc-hannover", "fair-abroad", "Hội chợ tại Hannover", date(2022, 9, 5), date(2022, 9, 9), places=10),
    Offer("hc-bangkok", "fair-abroad", "Hội chợ tại Bangkok", date(2022, 6, 20), date(2022, 6, 24), places=5),
    Offer("hc-trong-nuoc", "fair-at-home", "Hội chợ trong nước", date(2022, 5, 10), date(2022, 5, 13)),
)
MISSIONS = (
    Offer(
        "doan-chau-au",
        "trade-mission",
        "Đoàn châu Âu",
        date(2022, 5, 3),
        date(2022, 5, 13),
        places=3,
        region="europe",
        allocates_on=d.SPRING,
    ),
    Offer("doan-chau-a", "trade-mission", "Đoàn châu Á", date(2022, 5, 3), date(2022, 5, 7), region="asia"),
    Offer("doan-nam-my", "trade-mission", "Đoàn Nam Mỹ", date(2022, 5, 3), date(2022, 5, 12), region="south-america"),
)
CLASSES = (
    Offer("dao-tao", "training-course", "Khóa đào tạo quản lý", date(2022, 5, 3), date(2022, 5, 20)),
    *(
        Offer(
            id,
            "craft-class",
            f"Lớp truyền nghề {id[-2:]}",
            d.SPRING,
            d.ACCEPTED,
            learners=LEARNERS,
            workers=("K11",) if n == 0 else (),
        )
        for n, id in enumerate(CRAFT_CLASSES)
    ),
)


def in_kind(id: str, kind: str, name: str, scheme: str, *joined: str) -> Offer:
    """An activity that costs its guests nothing."""
    return Offer(id, kind, name, d.CLAIMED, d.SUMMER, scheme=scheme, joined=joined)


IN_KIND = (
    in_kind("ket-noi", "connection-meeting", "Hội nghị kết nối cung cầu", "supplier-connection", "K1", "K2", "S1", "S2", "S3"),
    in_kind("truc-tuyen", "online-fair", "Kết nối trực tuyến, thực tế ảo", "online-connection", "K12", "S4"),
    in_kind("hc-cnht", "city-fair", "Hội chợ CNHT của Thành phố", "city-cnht-fair", "K1", "K2", "K3", "K4", "S5", "S6"),
    in_kind("quang-ba", "publicity", "Quảng bá sản phẩm", "publicity", "K1"),
    in_kind("bieu-trung", "publicity", "Sử dụng biểu trưng", "programme-logo", "K1", "K2", "K3", "K4"),
    in_kind("le-ton-vinh", "publicity", "Lễ tôn vinh", "ceremony", "K1", "K2", "K3"),
)
OFFERS = (*FAIRS, *MISSIONS, *CLASSES, *IN_KIND)
