-- Claims what is to be looked at now: nobody else is given it for a while, and if this process dies, then someone is.
-- KEYS: looks
-- ARGV: again_ms most
-- include: clock
local due = redis.call("ZRANGEBYSCORE", looks, "-inf", now, "LIMIT", 0, most)
for _, id in ipairs(due) do redis.call("ZADD", looks, now + again_ms, id) end
return due
