"""The peers. In each a member writes on its own socket, the text goes through Redis, and the room hears it."""

from loadtests.compare import speeches, starting
from loadtests.compare.entrant import Entrant, Traits
from loadtests.compare.starting import UVICORN, with_redis

NCHAN = "nginx_nchan"
CHANNELS = "django_channels"
LAYERS = "channels_redis.core.RedisChannelLayer", "channels_redis.pubsub.RedisPubSubChannelLayer"
REDIS = Traits("Redis")

PEERS = (
    Entrant(
        "nchan",
        "nginx + Nchan, its own memory",
        Traits("shared memory"),
        with_redis(NCHAN, starting.nchan(redis=False), speeches.nchan),
    ),
    Entrant(
        "nchan-redis",
        "nginx + Nchan, Redis",
        REDIS,
        with_redis(NCHAN, starting.nchan(redis=True), speeches.nchan),
    ),
    Entrant(
        "socketify",
        "socketify (uWebSockets) + redis-py",
        REDIS,
        with_redis("socketify_uws", starting.python("app.py"), speeches.bare),
    ),
    Entrant(
        "ws",
        "Node ws + ioredis, framed once by hand",
        REDIS,
        with_redis("node_ws", starting.node, speeches.bare),
    ),
    Entrant(
        "socketio",
        "Socket.IO + redis-adapter",
        Traits("itself, and Redis for other processes"),
        with_redis("socket_io", starting.node, speeches.socket_io),
    ),
    Entrant(
        "centrifugo",
        "Centrifugo, Redis engine",
        Traits("Redis", acknowledges="yes"),
        with_redis("centrifugo", starting.centrifugo, speeches.centrifugo),
    ),
    Entrant(
        "starlette",
        "Starlette, `await send` in a loop",
        REDIS,
        with_redis("starlette_loop", starting.python(*UVICORN), speeches.bare),
    ),
    Entrant(
        "channels",
        "Django Channels, its default layer",
        Traits("Redis, a queue for each process", stores="until fetched"),
        with_redis(CHANNELS, starting.python(*UVICORN, CHANNEL_LAYER=LAYERS[0]), speeches.bare),
    ),
    Entrant(
        "channels-pubsub",
        "Django Channels, its pub/sub layer",
        REDIS,
        with_redis(CHANNELS, starting.python(*UVICORN, CHANNEL_LAYER=LAYERS[1]), speeches.bare),
    ),
)
