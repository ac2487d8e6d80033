"""Indicators of the key products: what is recognised, who is supported, and what they weigh in the city."""

from shared.contracts.applications import ApplicationReceived, EnterpriseMerged
from shared.contracts.base import Data
from shared.contracts.recognitions import (
    FirstTimeCorrected,
    RecognitionReinstated,
    RecognitionRenewed,
    RecognitionRevoked,
    RecognitionSuspended,
)
from shared.contracts.registers import AnnualResultReported
from shared.contracts.scoring import ProductRecognised
from shared.contracts.statistics import IndicatorReported
from shared.contracts.support import SupportGranted
from shared.contracts.support_activities import LearnersCounted

from reporting.domain.rows import Measure
from reporting.indicators.formulas import Count, Growth, Share
from reporting.indicators.indicator import FOLLOWED, PHASE, PLAN_60, PLAN_267, PLAN_302, PLAN_2019, Indicator

# What decides in which years an enterprise has a recognition in force.
IN_FORCE: tuple[type[Data], ...] = (
    ProductRecognised,
    RecognitionRenewed,
    RecognitionSuspended,
    RecognitionReinstated,
    RecognitionRevoked,
    EnterpriseMerged,
)

RECOGNISED = (
    Indicator(
        code="products-filed",
        name_vi="Sản phẩm có hồ sơ đăng ký",
        name_en="Products filed",
        unit="products",
        formula_vi="Số hồ sơ được tiếp nhận trong năm, mỗi hồ sơ một sản phẩm, kể cả hồ sơ không đủ điều kiện hoặc đã rút",
        formula_en="Number of dossiers received in the year, one for each product, with those not eligible or withdrawn",
        events=(ApplicationReceived,),
        legal_text=FOLLOWED,
        formula=Count(Measure.PRODUCTS_FILED),
        grows=True,
        adds_up=True,
    ),
    Indicator(
        code="enterprises-filed",
        name_vi="Doanh nghiệp có hồ sơ đăng ký",
        name_en="Enterprises that filed",
        unit="enterprises",
        formula_vi="Số doanh nghiệp khác nhau có ít nhất một hồ sơ được tiếp nhận trong năm",
        formula_en="Number of distinct enterprises with at least one dossier received in the year",
        events=(ApplicationReceived, EnterpriseMerged),
        legal_text=FOLLOWED,
        formula=Count(Measure.ENTERPRISES_FILED),
        grows=True,
        adds_up=True,
    ),
    Indicator(
        code="enterprises-recognised",
        name_vi="Doanh nghiệp có sản phẩm được công nhận",
        name_en="Enterprises with a recognised product",
        unit="enterprises",
        formula_vi="Số doanh nghiệp khác nhau có ít nhất một sản phẩm được công nhận trong năm",
        formula_en="Number of distinct enterprises with at least one product recognised in the year",
        events=(ProductRecognised, ApplicationReceived, EnterpriseMerged),
        legal_text=f"{PLAN_60}; {PLAN_267}; {PLAN_302}; {PHASE}",
        formula=Count(Measure.ENTERPRISES_RECOGNISED, known_by=Measure.ENTERPRISES_FILED),
        grows=True,
        adds_up=True,
    ),
    Indicator(
        code="products-recognised",
        name_vi="Sản phẩm công nghiệp chủ lực được công nhận",
        name_en="Key industrial products recognised",
        unit="products",
        formula_vi="Số sản phẩm được công nhận trong năm, mỗi giấy chứng nhận tính một",
        formula_en="Number of products recognised in the year, one for each certificate",
        events=(ProductRecognised, ApplicationReceived),
        legal_text=f"{PLAN_2019}; {PLAN_60}; {PLAN_267}; {PLAN_302}; {PHASE}",
        formula=Count(Measure.PRODUCTS_RECOGNISED, known_by=Measure.PRODUCTS_FILED),
        grows=True,
        adds_up=True,
    ),
    Indicator(
        code="first-time-recognised",
        name_vi="Sản phẩm được công nhận lần đầu",
        name_en="Products recognised for the first time",
        unit="products",
        formula_vi="Số sản phẩm được công nhận trong năm mà trước đó chưa từng được công nhận, theo lần đính chính cuối cùng",
        formula_en="Number of products recognised in the year that were never recognised before, as last corrected",
        events=(ProductRecognised, FirstTimeCorrected, ApplicationReceived),
        legal_text=f"{PLAN_267}; {PLAN_302}",
        formula=Count(Measure.FIRST_TIME, known_by=Measure.PRODUCTS_FILED),
        grows=True,
        adds_up=True,
    ),
    Indicator(
        code="supported-share",
        name_vi="Tỷ lệ doanh nghiệp được công nhận được hưởng hỗ trợ",
        name_en="Share of recognised enterprises that were supported",
        unit="percent",
        formula_vi="Doanh nghiệp có công nhận còn hiệu lực và được hỗ trợ bằng tiền hoặc có lao động học lớp trong năm ÷ "
        "doanh nghiệp có công nhận còn hiệu lực vào bất kỳ ngày nào trong năm × 100",
        formula_en="Enterprises with a recognition in force that got a money grant, or whose workers joined a class, in the "
        "year ÷ enterprises with a recognition in force at any day of the year × 100",
        events=(*IN_FORCE, SupportGranted, LearnersCounted),
        legal_text=f"{PLAN_60}; {PLAN_302}",
        formula=Share(Measure.ENTERPRISES_SUPPORTED, Measure.ENTERPRISES_IN_FORCE, among=Measure.ENTERPRISES_IN_FORCE),
        grows=True,
    ),
    Indicator(
        code="production-growth",
        name_vi="Tăng trưởng giá trị sản xuất của doanh nghiệp được công nhận",
        name_en="Growth of the production of recognised enterprises",
        unit="percent",
        formula_vi="(Σ giá trị sản xuất năm nay ÷ Σ giá trị sản xuất năm trước − 1) × 100, trên các doanh nghiệp có công "
        "nhận còn hiệu lực và báo cáo cả hai năm",
        formula_en="(Σ production of this year ÷ Σ production of last year − 1) × 100, over the enterprises with a "
        "recognition in force that reported both years",
        events=(*IN_FORCE, AnnualResultReported),
        legal_text=PLAN_60,
        formula=Growth(Measure.PRODUCTION_VALUE, among=Measure.ENTERPRISES_IN_FORCE),
    ),
    Indicator(
        code="output-share",
        name_vi="Tỷ trọng trong giá trị sản xuất công nghiệp của Thành phố",
        name_en="Share of the city's industrial output",
        unit="percent",
        formula_vi="Σ giá trị sản xuất của doanh nghiệp có công nhận còn hiệu lực ÷ giá trị sản xuất công nghiệp toàn Thành "
        "phố do cơ quan thống kê công bố × 100",
        formula_en="Σ production of the enterprises with a recognition in force ÷ the city's industrial output as reported "
        "by the statistics office × 100",
        events=(*IN_FORCE, AnnualResultReported, IndicatorReported),
        legal_text=f"{PLAN_60}; {PHASE}",
        formula=Share(Measure.PRODUCTION_VALUE, Measure.CITY_OUTPUT, among=Measure.ENTERPRISES_IN_FORCE),
    ),
    Indicator(
        code="exports-share",
        name_vi="Tỷ trọng trong kim ngạch xuất khẩu của Thành phố",
        name_en="Share of the city's exports",
        unit="percent",
        formula_vi="Σ xuất khẩu của doanh nghiệp có công nhận còn hiệu lực ÷ kim ngạch xuất khẩu toàn Thành phố do cơ quan "
        "thống kê công bố × 100",
        formula_en="Σ exports of the enterprises with a recognition in force ÷ the city's exports as reported by the "
        "statistics office × 100",
        events=(*IN_FORCE, AnnualResultReported, IndicatorReported),
        legal_text=f"{PLAN_60}; {PHASE}",
        formula=Share(Measure.EXPORTS, Measure.CITY_EXPORTS, among=Measure.ENTERPRISES_IN_FORCE),
    ),
)
