-- Closes a one-to-one for writing; the listener's seat is gone with it.
-- KEYS: meta listener
-- ARGV: meta_ms
redis.call("HSET", meta, "state", "closed")
redis.call("PEXPIRE", meta, meta_ms)
redis.call("DEL", listener)
return 1
