-- Takes a channel in which nothing is from a list of announced ones, unless it was announced again meanwhile.
-- KEYS: announced
-- ARGV: channel before
local since = redis.call("ZSCORE", announced, channel)
if since and tonumber(since) < tonumber(before) then redis.call("ZREM", announced, channel) end
return 1
