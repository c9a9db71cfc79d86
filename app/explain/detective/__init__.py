"""What went wrong with a number that someone got, and with the printed numbers of a worked example."""

from app.explain.detective.diagnose import Detective, Diagnosis, Match
from app.explain.detective.printed import Printed, judge_printed, read_printed
from app.explain.detective.truth import Numbers, Step
from app.explain.detective.worked import Row, Worked, check_worked
from app.explain.detective.worked_lines import Unread

__all__ = [
    "Detective",
    "Diagnosis",
    "Match",
    "Numbers",
    "Printed",
    "Row",
    "Step",
    "Unread",
    "Worked",
    "check_worked",
    "judge_printed",
    "read_printed",
]
