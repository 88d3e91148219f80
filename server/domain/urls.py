"""Which addresses on the web the operator may name: what people trust us with goes there encrypted, or stays here."""

from urllib.parse import urlsplit

THIS_MACHINE = ("127.0.0.1", "localhost", "::1")


def fault(url: str) -> str | None:
    """What is wrong with it, to follow its name; nothing where it can be used."""
    try:
        parts = urlsplit(url)
        is_well = parts.port != 0 and bool(parts.hostname) and url.isascii() and url.isprintable()
    except ValueError:
        is_well = False
    if not is_well or " " in url or parts.username is not None:
        return "is no address"
    if parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in THIS_MACHINE):
        return None
    return "must begin with https://"
