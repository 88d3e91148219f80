-- Passage: writes a log anew. The bytes of a deleted entry stay in the node it lay in until all beside it are gone.
local function rewrite()
  local kept, left_ms = redis.call("XRANGE", log, "-", "+"), redis.call("PTTL", log)
  redis.call("DEL", log)
  for _, entry in ipairs(kept) do redis.call("XADD", log, entry[1], unpack(entry[2])) end
  if left_ms > 0 then redis.call("PEXPIRE", log, left_ms) end
end
