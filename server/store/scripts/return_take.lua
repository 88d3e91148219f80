-- Whose return words these are, once: again only for the same try, whose answer may have been lost on its way.
-- KEYS: words
-- ARGV: try grace_ms
local at = redis.call("HMGET", words, "person", "try")
if not at[1] or (at[2] and at[2] ~= try) then return "" end
if not at[2] then
  redis.call("HSET", words, "try", try)
  redis.call("PEXPIRE", words, grace_ms)
end
return at[1]
