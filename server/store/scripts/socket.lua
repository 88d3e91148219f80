-- Notes a person's new socket; where there are too many, all of them, oldest first.
-- KEYS: sockets
-- ARGV: socket lapse_ms allowed
-- include: clock
redis.call("ZADD", sockets, now, socket)
redis.call("PEXPIRE", sockets, lapse_ms)
if redis.call("ZCARD", sockets) <= tonumber(allowed) then return {} end
return redis.call("ZRANGE", sockets, 0, -1)
