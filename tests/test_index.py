from pathlib import Path

import msgspec
import pytest

from server import files, index, screeners
from server.domain.policies import POLICY
from server.domain.screening import Policy, Screened
from server.files import Reading, keep_index, kept_index
from server.screeners.phrases.index import Index, index_of

READ = Reading({})
OURS = READ(POLICY, Policy)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """What the command keeps; it takes seconds."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files, "INDEX", tmp_path_factory.mktemp("made") / ".index")
        assert kept_index() == b""
        index.main()
        return kept_index()


@pytest.fixture
def kept(made: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> bytes:
    monkeypatch.setattr(files, "INDEX", tmp_path / ".index")
    keep_index(made)
    return kept_index()


def test_what_is_kept_is_what_a_start_would_work_out(kept: bytes) -> None:
    assert msgspec.msgpack.decode(kept, type=Index) == msgspec.msgpack.decode(screeners.indexed(OURS, READ), type=Index)


def test_texts_are_judged_the_same_with_it(kept: bytes) -> None:
    texts = [
        text for _, book in screeners.books(OURS, READ) for rule in book.rules for text in (*rule.finds, *rule.spares)
    ]
    with_it, without = screeners.build(OURS, READ, kept=kept), screeners.build(OURS, READ)
    for text in texts[::20]:
        said = Screened.of(text)
        assert [each.screen(said) for each in with_it] == [each.screen(said) for each in without]


def test_it_is_used_only_where_it_was_made_of_the_same(kept: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    books = list(screeners.books(OURS, READ))
    found = msgspec.msgpack.decode(kept, type=Index)
    marked = msgspec.msgpack.encode(msgspec.structs.replace(found, words={"marked": "xx"}))

    frequent = screeners._frequent(OURS, READ)
    assert index_of(books, frequent, marked).words == {"marked": "xx"}
    assert index_of(books[1:], frequent, marked).words != {"marked": "xx"}
    assert index_of(books[:1], (), marked).words != {"marked": "xx"}


@pytest.mark.parametrize("content", [b"", b"nonsense", b"\x93", msgspec.msgpack.encode(["0", {}, [], [], []])])
def test_what_cannot_be_used_is_worked_out(content: bytes) -> None:
    book = next(iter(screeners.books(OURS, READ)))
    assert index_of([book], (), content) == index_of([book], ())


def test_it_is_replaced_as_a_whole(kept: bytes) -> None:
    keep_index(b"other")
    assert kept_index() == b"other"
    assert [path.name for path in files.INDEX.parent.iterdir()] == [".index"]
