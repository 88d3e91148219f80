-- Notes who is writing in a room, and says how many that are.
-- KEYS: typing
-- ARGV: channel id began ended lapse_ms
-- include: clock
redis.call("ZREMRANGEBYSCORE", typing, "-inf", now)
for _, writer in ipairs(cmsgpack.unpack(began)) do redis.call("ZADD", typing, now + lapse_ms, writer) end
for _, writer in ipairs(cmsgpack.unpack(ended)) do redis.call("ZREM", typing, writer) end
redis.call("PEXPIRE", typing, lapse_ms)
local event = cmsgpack.pack({type = "writing", channel = id, people = redis.call("ZCARD", typing)})
redis.call("SPUBLISH", channel, string.rep("\0", 40) .. "\146\207" .. string.rep("\0", 8) .. event)
return 1
