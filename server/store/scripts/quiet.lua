-- Takes an empty outbox from the list, unless it was announced again meanwhile.
-- KEYS: outboxes
-- ARGV: channel before
local announced = redis.call("ZSCORE", outboxes, channel)
if announced and tonumber(announced) < tonumber(before) then redis.call("ZREM", outboxes, channel) end
return 1
