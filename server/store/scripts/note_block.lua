-- Gives the other one their side of a block, or takes it away; a note that is older than the last changes nothing.
-- KEYS: blocked_by
-- ARGV: block at side person_ms
local before = redis.call("HGET", blocked_by, block)
if before and struct.unpack(">I8", before) > tonumber(at) then return 0 end
redis.call("HSET", blocked_by, block, struct.pack(">I8", at) .. side)
redis.call("PEXPIRE", blocked_by, person_ms)
return 1
