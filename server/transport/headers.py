"""The headers that go with every answer, and the short answers given below the web framework."""

from http import HTTPStatus

from server.config import Settings

Headers = tuple[tuple[bytes, bytes], ...]

YEAR_SECONDS = 63_072_000  # two years: what browsers ask for to preload https


def security(settings: Settings) -> Headers:
    """What every answer carries, page or not (security.md, 1)."""
    headers = [
        (b"content-security-policy", policy(settings.url).encode()),
        (b"x-content-type-options", b"nosniff"),
        (b"x-frame-options", b"DENY"),
        (b"referrer-policy", b"no-referrer"),
        (b"cross-origin-opener-policy", b"same-origin"),
        (b"cross-origin-resource-policy", b"same-origin"),
        (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), browsing-topics=()"),
        (b"x-robots-tag", b"noindex, nofollow, noarchive"),
    ]
    if settings.secure:
        headers.append((b"strict-transport-security", b"max-age=%d; includeSubDomains" % YEAR_SECONDS))
    return tuple(headers)


def policy(url: str) -> str:
    """Nothing from elsewhere, nothing inline; older Safari wants the socket's address spelled out."""
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self'",
            "font-src 'self'",
            "media-src 'self'",
            "manifest-src 'self'",
            "worker-src 'self'",
            f"connect-src 'self' {url.replace('http', 'ws', 1)}",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types sw",
        )
    )


def refusal(status: int, code: str, security: Headers, extra: Headers = ()) -> bytes:
    """A whole HTTP answer that says no in one word and ends the connection."""
    body = code.encode() + b"\n"
    headers = (
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", b"%d" % len(body)),
        (b"connection", b"close"),
        (b"cache-control", b"no-store"),
        *extra,
        *security,
    )
    lines = [b"HTTP/1.1 %d %s" % (status, HTTPStatus(status).phrase.encode())]
    lines += [name + b": " + value for name, value in headers]
    return b"\r\n".join(lines) + b"\r\n\r\n" + body
