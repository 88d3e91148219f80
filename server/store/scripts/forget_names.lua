-- Takes a person's names in a room from them. Nobody is given one of them before its time, and nothing says whose they were.
-- KEYS: name names
-- ARGV: prefix
for _, theirs in ipairs(redis.call("SMEMBERS", names)) do redis.call("SET", prefix .. theirs, "-", "KEEPTTL", "XX") end
return redis.call("DEL", name, names)
