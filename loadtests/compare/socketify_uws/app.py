"""socketify (uWebSockets): its own topics fan out, redis-py on the same loop carries."""

import os

from redis.asyncio import Redis
from socketify import App, CompressOptions, OpCode

redis = Redis(port=int(os.environ["REDIS_PORT"]))
app = App()


def upgrade(res, req, context):
    key = req.get_header("sec-websocket-key")
    protocol = req.get_header("sec-websocket-protocol")
    extensions = req.get_header("sec-websocket-extensions")
    res.upgrade(key, protocol, extensions, context, req.get_parameter(0))


def opened(ws):
    ws.subscribe(ws.get_user_data())
    ws.send("joined", OpCode.TEXT)


async def said(ws, message, opcode):
    await redis.publish(f"room:{ws.get_user_data()}", message)


async def fan_out():
    async with redis.pubsub() as pubsub:
        await pubsub.psubscribe("room:*")
        async for message in pubsub.listen():
            if message["type"] == "pmessage":
                app.publish(message["channel"].removeprefix(b"room:"), message["data"], OpCode.TEXT)


app.ws(
    "/:room",
    {
        "compression": CompressOptions.DISABLED,
        "max_payload_length": 16 * 1024,
        "idle_timeout": 120,
        "upgrade": upgrade,
        "open": opened,
        "message": said,
    },
)
app.listen({"port": int(os.environ["PORT"]), "host": "127.0.0.1"})
app.loop.run_async(fan_out())
app.run()
