"""Starlette and redis-py: one subscriber, which awaits a send to each member in turn."""

import os
from asyncio import create_task
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from redis.asyncio import Redis
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

redis = Redis(port=int(os.environ["REDIS_PORT"]), decode_responses=True)
rooms: dict[str, set[WebSocket]] = defaultdict(set)


async def chat(websocket: WebSocket) -> None:
    room = websocket.path_params["room"]
    await websocket.accept()
    rooms[room].add(websocket)
    try:
        await websocket.send_text("joined")
        while True:
            await redis.publish(f"room:{room}", await websocket.receive_text())
    except WebSocketDisconnect:
        rooms[room].discard(websocket)


async def fan_out() -> None:
    async with redis.pubsub() as pubsub:
        await pubsub.psubscribe("room:*")
        async for message in pubsub.listen():
            if message["type"] != "pmessage":
                continue
            room = message["channel"].removeprefix("room:")
            for websocket in list(rooms[room]):
                with suppress(WebSocketDisconnect):
                    await websocket.send_text(message["data"])


@asynccontextmanager
async def lifespan(app: Starlette) -> AsyncIterator[None]:
    task = create_task(fan_out())
    yield
    task.cancel()


app = Starlette(routes=[WebSocketRoute("/{room}", chat)], lifespan=lifespan)
