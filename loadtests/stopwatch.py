"""How long things take as people see them, read from their diaries while they are written."""

from collections.abc import Callable

from loadtests.diary import Line
from loadtests.following import Event

SIGN_IN, CONNECT, HELLO, JOIN, RESUME = "sign in", "connect", "hello", "join", "resume"
ACKNOWLEDGED, HEARD = "post → ack", "post → heard"
KINDS = (SIGN_IN, CONNECT, HELLO, JOIN, ACKNOWLEDGED, HEARD, RESUME)

Tell = Callable[[str, float], None]  # kind, milliseconds


class Stopwatch:
    """One person's. `said`, shared by all: when each message was sent, by client id."""

    def __init__(self, said: dict[bytes, float], tell: Tell) -> None:
        self._said = said
        self._tell = tell
        self._since: dict[str, float] = {}
        self._asked: dict[int, Line] = {}
        self._own: set[bytes] = set()
        self._under_way: set[bytes] = set()
        self._told_up_to: dict[str, int] = {}  # what `joined` promised of the past
        self._catching_up: dict[str, float] = {}
        self._left: set[str] = set()

    def reads(self, line: Line) -> None:
        match line.what:
            case "knocks":
                self._since = {"knocks": line.at}
            case "opens":
                self._since["opens"] = line.at
                if (knocked := self._since.pop("knocks", None)) is not None:
                    self._took(SIGN_IN, knocked, line)
            case "opened":
                self._took(CONNECT, self._since["opens"], line)
            case "sent":
                self._sent(line)
            case "heard" if line.seq:
                self._heard(line, line.frame)
            case "heard" if (asked := self._asked.pop(line.frame.get("ref", 0), None)) is not None:
                self._answered(asked, line)
            case "ended":
                for client_id in self._under_way:  # how long that takes is the network's to say
                    self._said.pop(client_id, None)
                self._asked.clear()
                self._catching_up.clear()
                self._left.clear()

    def _sent(self, line: Line) -> None:
        self._asked[line.frame["ref"]] = line
        match line.frame["type"]:
            case "post":
                self._own.add(line.frame["client_id"])
                self._under_way.add(line.frame["client_id"])
                self._said.setdefault(line.frame["client_id"], line.at)
            case "leave":
                self._left.add(line.frame["channel"])

    def _answered(self, asked: Line, line: Line) -> None:
        event = line.frame
        self._under_way.discard(asked.frame.get("client_id", b""))
        match event["type"]:
            case "welcome":
                self._took(HELLO, asked.at, line)
            case "joined":
                self._joined(asked, line, event)
            case "posted" if (said := self._said.get(event["client_id"])) is not None:
                self._took(ACKNOWLEDGED, said, line)
            case "held" | "refused":  # it is said later, at another's pace
                self._said.pop(asked.frame.get("client_id", b""), None)

    def _joined(self, asked: Line, line: Line, event: Event) -> None:
        since, position = asked.frame["since"], event["position"]
        self._told_up_to[event["channel"]] = position["seq"]
        if since is None or event["channel"] in self._left:
            self._took(JOIN, asked.at, line)
        elif since["seq"] >= position["seq"]:
            self._took(RESUME, self._since["opens"], line)
        else:
            self._catching_up[event["channel"]] = self._since["opens"]

    def _heard(self, line: Line, event: Event) -> None:
        channel = event.get("channel") or ""
        if line.seq >= self._told_up_to.get(channel, 0) and (began := self._catching_up.pop(channel, None)) is not None:
            self._took(RESUME, began, line)
        if event["type"] != "said" or event["client_id"] in self._own or line.seq <= self._told_up_to.get(channel, 0):
            return
        if (said := self._said.get(event["client_id"])) is not None:
            self._took(HEARD, said, line)

    def _took(self, kind: str, since: float, line: Line) -> None:
        self._tell(kind, (line.at - since) * 1_000)
