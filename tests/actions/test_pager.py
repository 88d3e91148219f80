"""Calls by the pager are counted, by step and by nothing else."""

from server import metrics
from server.actions.pager import Pager
from server.domain.errands import Page
from server.protocol.fields import PageStep, Urgency


async def test_a_call_is_counted_by_its_step() -> None:
    before = metrics.pages._counts.get(("deputy",), 0)
    await Pager().page(Page("t1", Urgency.SERIOUS, PageStep.DEPUTY, 1))
    assert metrics.pages._counts[("deputy",)] == before + 1
