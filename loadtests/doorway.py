"""Through the door: a socket with a session's cookie, or the reason why there is none."""

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidStatus, WebSocketException

from loadtests.session import Denied, Session

OPEN_SECONDS = 20.0
NOT_LET_IN = (OSError, WebSocketException, Denied)


async def socket(url: str, session: Session) -> ClientConnection:
    return await connect(
        f"ws{url.removeprefix('http')}/ws",
        additional_headers={"Cookie": session.header, "Origin": url},
        compression=None,
        ping_interval=None,
        max_size=None,
        proxy=None,
        open_timeout=OPEN_SECONDS,
    )


def retry_after(no: Exception) -> float:
    """Seconds that the server asked us to wait for; 0 where it did not say."""
    if isinstance(no, InvalidStatus):
        said = no.response.headers.get("Retry-After", "")
        return float(said) if said.isdigit() else 0.0
    return 0.0


def status(no: Exception) -> int:
    """The HTTP status that was answered; 0: nothing was."""
    match no:
        case Denied():
            return no.status
        case InvalidStatus():
            return no.response.status_code
    return 0
