"""Who is here and how many write, as it is told to someone who does not meet all of them."""

from msgspec import structs

from server.protocol.codec import inside, unnumbered
from server.protocol.events import Here, Writing


def told_apart(frame: bytes, about: bytes, hidden: frozenset[bytes]) -> bytes:
    """The frame without these people. `about` names whom it tells of, by tag and in its own order (`passing.lua`)."""
    event, tags = inside(frame), [_tag(written) for written in about.split()]
    match event:
        case Here() if not event.handles:
            return frame  # a number in steps, in which one person does not show
        case Here():
            shown = tuple(handle for handle, tag in zip(event.handles, tags, strict=True) if tag not in hidden)
            return unnumbered(structs.replace(event, people=len(shown), handles=shown))
        case Writing():
            return unnumbered(structs.replace(event, people=sum(tag not in hidden for tag in tags)))
    return frame


def _tag(written: bytes) -> bytes:
    """Empty for one of the team, whom nobody is kept from."""
    return bytes.fromhex(written.decode()) if written != b"-" else b""
