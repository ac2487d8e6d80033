"""Indicators of whom the programme reached and with what: learners, establishments, activities, money, workers, technology."""

from shared.contracts.activities import ParticipationRecorded
from shared.contracts.base import Data
from shared.contracts.finance import BudgetAllocated
from shared.contracts.statistics import IndicatorReported
from shared.contracts.support import (
    BudgetAdjusted,
    BudgetCommitted,
    BudgetPaid,
    BudgetReleased,
    BudgetRepaid,
    BudgetReserved,
)
from shared.contracts.support_activities import BeneficiaryCounted, LearnersCounted

from reporting.domain.rows import Measure
from reporting.indicators.formulas import Count, Figure, Total
from reporting.indicators.indicator import PHASE, PLAN_302, PLAN_2019, Indicator

MONEY: tuple[type[Data], ...] = (
    BudgetAllocated,
    BudgetAdjusted,
    BudgetReserved,
    BudgetCommitted,
    BudgetPaid,
    BudgetRepaid,
    BudgetReleased,
)

REACHED = (
    Indicator(
        code="craft-learners",
        name_vi="Lao động nông thôn học nghề",
        name_en="Rural workers in craft classes",
        unit="learners",
        formula_vi="Σ học viên của các lớp truyền nghề trong năm, mỗi lớp mỗi người tính một",
        formula_en="Σ learners of the craft classes of the year, each once in a class",
        events=(LearnersCounted,),
        legal_text=PLAN_2019,
        formula=Total(Measure.CRAFT_LEARNERS),
        grows=True,
        steady=True,
        adds_up=True,
    ),
    Indicator(
        code="course-learners",
        name_vi="Học viên các khóa đào tạo",
        name_en="Learners of training courses",
        unit="learners",
        formula_vi="Σ học viên của các khóa đào tạo trong năm, mỗi khóa mỗi người tính một",
        formula_en="Σ learners of the training courses of the year, each once in a course",
        events=(LearnersCounted,),
        legal_text=PLAN_302,
        formula=Total(Measure.COURSE_LEARNERS),
        grows=True,
        steady=True,
        adds_up=True,
    ),
    Indicator(
        code="rural-equipment",
        name_vi="Cơ sở công nghiệp nông thôn được hỗ trợ máy móc, thiết bị mới",
        name_en="Rural establishments with new equipment",
        unit="establishments",
        formula_vi="Số cơ sở khác nhau được hỗ trợ trong năm theo chính sách được tính vào chỉ tiêu này",
        formula_en="Number of distinct establishments with a grant of the year under a scheme that counts in this figure",
        events=(BeneficiaryCounted,),
        legal_text=PLAN_2019,
        formula=Count(Measure.RURAL_EQUIPMENT),
        grows=True,
        steady=True,
        adds_up=True,
    ),
    Indicator(
        code="activity-participations",
        name_vi="Lượt doanh nghiệp tham gia các hoạt động",
        name_en="Participations of enterprises in activities",
        unit="participations",
        formula_vi="Số lượt doanh nghiệp được chọn hoặc có mặt trong năm, mỗi hoạt động mỗi doanh nghiệp tính một, kèm tiêu "
        "chí được chọn",
        formula_en="Number of enterprises chosen for or present at activities in the year, each once in an activity, with "
        "the criterion it was chosen by",
        events=(ParticipationRecorded,),
        legal_text=PLAN_302,
        formula=Count(Measure.PARTICIPATIONS),
        grows=True,
        steady=True,
        adds_up=True,
    ),
    Indicator(
        code="support-money",
        name_vi="Kinh phí đã bố trí cho hỗ trợ",
        name_en="Money reserved, committed or paid for support",
        unit="VND",
        formula_vi="Σ số tiền đã bố trí, đã ký hoặc đã chi của các dòng ngân sách trong năm, đồng",
        formula_en="Σ money reserved, committed or paid of the budget lines of the year, đồng",
        events=MONEY,
        legal_text=PHASE,
        formula=Total(Measure.MONEY_USED),
        grows=True,
        steady=True,
        adds_up=True,
    ),
    Indicator(
        code="support-allocated",
        name_vi="Kinh phí được cấp cho hỗ trợ",
        name_en="Money allocated for support",
        unit="VND",
        formula_vi="Σ số tiền được cấp cho các dòng ngân sách trong năm, đồng",
        formula_en="Σ money allocated to the budget lines of the year, đồng",
        events=MONEY,
        legal_text=PHASE,
        formula=Total(Measure.MONEY_ALLOCATED),
        grows=True,
        adds_up=True,
    ),
    Indicator(
        code="support-paid",
        name_vi="Kinh phí hỗ trợ đã chi",
        name_en="Money paid for support",
        unit="VND",
        formula_vi="Σ số tiền đã chi của các dòng ngân sách trong năm, đồng",
        formula_en="Σ money paid of the budget lines of the year, đồng",
        events=MONEY,
        legal_text=PHASE,
        formula=Total(Measure.MONEY_PAID),
        grows=True,
        steady=True,
        adds_up=True,
    ),
    Indicator(
        code="trained-workers-rate",
        name_vi="Tỷ lệ lao động qua đào tạo",
        name_en="Rate of trained workers",
        unit="percent",
        formula_vi="Tỷ lệ lao động qua đào tạo của cả năm do cơ quan thống kê hoặc ngành lao động báo cáo",
        formula_en="Rate of trained workers of the year, as the statistics office or the department of labour reports it",
        events=(IndicatorReported,),
        legal_text=PLAN_302,
        formula=Figure(Measure.TRAINED_WORKERS),
    ),
    Indicator(
        code="clean-technology-share",
        name_vi="Tỷ lệ doanh nghiệp dùng công nghệ sạch",
        name_en="Share of enterprises with clean technology",
        unit="percent",
        formula_vi="Tỷ lệ doanh nghiệp dùng công nghệ sạch của cả năm do Sở Công Thương hoặc ngành khoa học báo cáo",
        formula_en="Share of enterprises with clean technology in the year, as the departments of industry or science report it",
        events=(IndicatorReported,),
        legal_text=PLAN_302,
        formula=Figure(Measure.CLEAN_TECHNOLOGY),
    ),
)
