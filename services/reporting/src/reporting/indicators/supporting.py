"""Indicators of the supporting industries (CNHT): the list, its standards, its output, and the clusters."""

from shared.contracts.clusters import ClusterRecorded
from shared.contracts.statistics import IndicatorReported
from shared.contracts.supporting_industry import SupplierDelisted, SupplierListed

from reporting.domain.rows import Measure
from reporting.indicators.formulas import Count, Figure, Share, Total
from reporting.indicators.indicator import PLAN_35, Indicator

SUPPORTING_INDUSTRIES = (
    Indicator(
        code="supporting-enterprises",
        name_vi="Doanh nghiệp công nghiệp hỗ trợ",
        name_en="Enterprises of supporting industries",
        unit="enterprises",
        formula_vi="Số doanh nghiệp trong danh sách CNHT vào ngày cuối năm, hoặc hiện nay trong năm đang diễn ra",
        formula_en="Number of enterprises on the CNHT list on the last day of the year, or now in the running year",
        events=(SupplierListed, SupplierDelisted),
        legal_text=PLAN_35,
        formula=Count(Measure.SUPPORTING_ENTERPRISES),
    ),
    Indicator(
        code="supporting-enterprises-international",
        name_vi="Doanh nghiệp công nghiệp hỗ trợ đạt tiêu chuẩn quốc tế",
        name_en="Enterprises of supporting industries at international standard",
        unit="enterprises",
        formula_vi="Số doanh nghiệp trong danh sách CNHT vào ngày cuối năm (hoặc hiện nay) có chứng chỉ còn hiệu lực của một "
        "tiêu chuẩn được xác định là quốc tế",
        formula_en="Number of enterprises on the CNHT list on the last day of the year (or now) that hold a certificate in "
        "force of a standard that counts as international",
        events=(SupplierListed, SupplierDelisted),
        legal_text=PLAN_35,
        formula=Count(Measure.SUPPORTING_INTERNATIONAL, known_by=Measure.SUPPORTING_ENTERPRISES),
    ),
    Indicator(
        code="supporting-output-share",
        name_vi="Tỷ trọng công nghiệp hỗ trợ trong công nghiệp chế biến, chế tạo",
        name_en="Share of supporting industries in manufacturing output",
        unit="percent",
        formula_vi="Giá trị sản xuất CNHT ÷ giá trị sản xuất công nghiệp chế biến, chế tạo × 100",
        formula_en="Output of supporting industries ÷ output of manufacturing × 100",
        events=(IndicatorReported,),
        legal_text=PLAN_35,
        formula=Share(Measure.SUPPORTING_OUTPUT, Measure.MANUFACTURING_OUTPUT),
    ),
    Indicator(
        code="supporting-index-growth",
        name_vi="Mức tăng chỉ số sản xuất công nghiệp hỗ trợ",
        name_en="Growth of the index of supporting industries",
        unit="percent",
        formula_vi="Chỉ số sản xuất CNHT so với năm trước (năm trước = 100) − 100",
        formula_en="Index of production of supporting industries (the year before = 100) − 100",
        events=(IndicatorReported,),
        legal_text=PLAN_35,
        formula=Figure(Measure.SUPPORTING_INDEX, less=100),
    ),
    Indicator(
        code="clusters-started",
        name_vi="Cụm công nghiệp khởi công",
        name_en="Industrial clusters started",
        unit="clusters",
        formula_vi="Số cụm công nghiệp khởi công xây dựng trong năm",
        formula_en="Number of industrial clusters whose building began in the year",
        events=(ClusterRecorded,),
        legal_text=PLAN_35,
        formula=Count(Measure.CLUSTERS_STARTED),
        grows=True,
        steady=True,
        adds_up=True,
    ),
    Indicator(
        code="clusters-started-area",
        name_vi="Diện tích cụm công nghiệp khởi công",
        name_en="Area of the industrial clusters started",
        unit="hectares",
        formula_vi="Σ diện tích các cụm công nghiệp khởi công xây dựng trong năm, héc-ta",
        formula_en="Σ area of the industrial clusters whose building began in the year, hectares",
        events=(ClusterRecorded,),
        legal_text=PLAN_35,
        formula=Total(Measure.CLUSTERS_AREA),
        grows=True,
        steady=True,
        adds_up=True,
    ),
)
