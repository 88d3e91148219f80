"""The pager: how people who do not look at the desk are called."""

from server import metrics
from server.domain.errands import Page


class Pager:
    """Counts the calls; it has no way out yet."""

    async def page(self, page: Page) -> None:
        metrics.pages.inc(page.step.value)
