-- Counts how hard it was before and after a one-to-one, once.
-- KEYS: given counts
-- ARGV: pair given_ms counts_ms
if redis.call("HSETNX", given, "rated", "1") == 0 then return 0 end
redis.call("PEXPIRE", given, given_ms)
redis.call("HINCRBY", counts, pair, 1)
redis.call("PEXPIRE", counts, counts_ms)
return 1
