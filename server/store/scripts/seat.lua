-- Seats the two people of a one-to-one, in the place of a listener of an earlier fence, and says the draft once.
-- KEYS: meta log seen seen_before peer listener
-- ARGV: channel event author_tag person handle fence field digest keep keep_ms meta_ms lineage seen_ms name_ms
-- include: clock
-- include: number
-- include: remember
local at = redis.call("HMGET", meta, "state", "fence")
if at[1] == "closed" or tonumber(at[2] or 0) > tonumber(fence) then return 0 end
current_epoch()
local before = redis.call("HGET", meta, "holder")
if before and before ~= listener then redis.call("DEL", before) end
redis.call("HSET", meta, "fence", fence, "holder", listener)
redis.call("PEXPIRE", meta, meta_ms)
redis.call("SET", peer, handle, "PX", name_ms)
redis.call("SET", listener, "#" .. fence, "PX", name_ms)
local is_said = redis.call("HEXISTS", seen, field) + redis.call("HEXISTS", seen_before, field) > 0
if event ~= "" and not is_said then
  local seq = number(event, author_tag, person, 0)
  remember("P" .. struct.pack(">I8", seq) .. digest)
end
return 1
