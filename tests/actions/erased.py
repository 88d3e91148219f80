"""What of a text is left anywhere: in every key of the store, and in what this process has in memory."""

from server.actions.services import Services
from server.transport.hub import Hub


async def traces(services: Services, hub: Hub, *texts: str) -> set[str]:
    """Where one of them can still be read: names of keys, and of channels in memory."""
    wanted = [text.encode() for text in texts]
    client = services.store.link.client
    await client.config_set("rdbcompression", "no")
    found = set()
    async for key in client.scan_iter(count=1000):
        raw = await client.dump(key) or b""
        if any(text in raw or text in key for text in wanted):
            found.add(key.decode())
    for name, channel in hub._channels.items():
        if any(text in frame for _, frame, _ in channel.ring or () for text in wanted):
            found.add(f"memory of {name}")
    return found
