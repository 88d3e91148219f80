"""Django Channels with channels_redis, its default layer: the chat of its tutorial without the page."""

import os
from typing import Any

import django
from channels.generic.websocket import AsyncWebsocketConsumer
from channels.routing import ProtocolTypeRouter, URLRouter
from django.conf import settings
from django.urls import re_path

settings.configure(
    DEBUG=False,
    CHANNEL_LAYERS={
        "default": {
            "BACKEND": os.environ["CHANNEL_LAYER"],
            "CONFIG": {
                "hosts": [
                    {
                        "address": f"redis://127.0.0.1:{os.environ['REDIS_PORT']}",
                        "socket_timeout": None,
                        "max_connections": 4096,
                    }
                ]
            },
        }
    },
)
django.setup()


class Chat(AsyncWebsocketConsumer):
    async def connect(self) -> None:
        self.group = f"room-{self.scope['url_route']['kwargs']['room']}"
        await self.channel_layer.group_add(self.group, self.channel_name)
        await self.accept()
        await self.send(text_data="joined")

    async def disconnect(self, code: int) -> None:
        await self.channel_layer.group_discard(self.group, self.channel_name)

    async def receive(self, text_data: str) -> None:
        await self.channel_layer.group_send(self.group, {"type": "said", "text": text_data})

    async def said(self, event: dict[str, Any]) -> None:
        await self.send(text_data=event["text"])


app = ProtocolTypeRouter({"websocket": URLRouter([re_path(r"^(?P<room>\d+)$", Chat.as_asgi())])})
