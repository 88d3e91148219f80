"""A moderator reads what another policy would change, in sentences, before it judges anyone; and once is enough."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect

from tests.actions.soup import soup
from tests.browser.people import Moderator
from tests.walks.house import House


def test_a_proposal_is_read_at_the_desk(house: House, moderator: Callable[..., Moderator], tmp_path: Path) -> None:
    for name, content in soup().items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    mona = moderator("Marisol", at=1)
    house.command("policy", "propose", str(tmp_path), "--why", "Soup is for lunch.", "--by", "Omar")
    try:
        lead = mona.page.get_by_text("Another way of screening is proposed")
        expect(lead).to_be_visible()
        mona.sees(re.compile(r"Version \d+, by Omar: Soup is for lunch\."))
        mona.sees(re.compile("Nothing has changed yet"))
        mona.page.get_by_text(re.compile(r"Show \d+ changes")).click()
        mona.sees(re.compile("^spam .*: as each rule says instead of held for a moderator"))
        mona.page.get_by_role("button", name="I have read this").click()
        expect(lead).to_have_count(0)
        mona.page.reload()
        expect(mona.page.get_by_role("button", name=re.compile("^Start duty"))).to_be_visible()
        expect(lead).to_have_count(0)
    finally:
        house.command("policy", "withdraw")
