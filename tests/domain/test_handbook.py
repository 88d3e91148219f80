"""The handbook's file: ids mean one thing, in every language."""

from msgspec import structs

from server.domain.handbook import HandbookFile
from server.protocol.fields import Urgency
from server.protocol.handbook import Question

ASK = Question(id="thoughts", text="Are you?", about="Plainly.", route=Urgency.SERIOUS)
BOOK = HandbookFile(moments=(), questions=(ASK,), alone=("Stay.",))


def test_a_question_is_there_once() -> None:
    assert BOOK.twice() is None
    assert structs.replace(BOOK, questions=(ASK, ASK)).twice() == "thoughts"


def test_other_words_are_the_same_questions_and_another_route_is_not() -> None:
    assert not BOOK.differs(structs.replace(BOOK, questions=(structs.replace(ASK, text="¿Estás?"),)))
    assert BOOK.differs(structs.replace(BOOK, questions=(structs.replace(ASK, route=Urgency.CONCERN),)))
    assert BOOK.differs(structs.replace(BOOK, questions=()))
