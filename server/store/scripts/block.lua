-- Puts someone apart from another, or ends that (an empty `side`); 0 where they have put apart as many as one may.
-- KEYS: blocks out
-- ARGV: block side most person_ms errands
-- include: errands
if side == "" then
  redis.call("HDEL", blocks, block)
elseif redis.call("HEXISTS", blocks, block) == 0 and redis.call("HLEN", blocks) >= tonumber(most) then
  return 0
else
  redis.call("HSET", blocks, block, side)
  redis.call("PEXPIRE", blocks, person_ms)
end
leave_errands()
return 1
