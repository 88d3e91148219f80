-- Passage: remembers what became of a client id.
local function remember(outcome)
  redis.call("HSET", seen, field, outcome)
  redis.call("PEXPIRE", seen, seen_ms)
end
