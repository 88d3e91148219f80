-- Notes who is connected for a one-to-one: who waits, who listens and who talks.
-- KEYS: attendance
-- ARGV: people keep_ms
-- include: clock
for _, person in ipairs(cmsgpack.unpack(people)) do redis.call("ZADD", attendance, now, person) end
redis.call("ZREMRANGEBYSCORE", attendance, "-inf", now - keep_ms)
redis.call("PEXPIRE", attendance, keep_ms)
return now
