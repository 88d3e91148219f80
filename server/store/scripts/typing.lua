-- Notes who is writing in a room, and says how many that are.
-- KEYS: typing
-- ARGV: channel id began ended lapse_ms
-- include: clock
-- include: passing
redis.call("ZREMRANGEBYSCORE", typing, "-inf", now)
for _, writer in ipairs(cmsgpack.unpack(began)) do redis.call("ZADD", typing, now + lapse_ms, writer) end
for _, writer in ipairs(cmsgpack.unpack(ended)) do redis.call("ZREM", typing, writer) end
redis.call("PEXPIRE", typing, lapse_ms)
local tags = {}
for place, writer in ipairs(redis.call("ZRANGE", typing, 0, -1)) do
  tags[place] = string.match(writer, "\tp(%x+)\t") or "-"
end
pass({type = "writing", channel = id, people = #tags}, tags)
return 1
